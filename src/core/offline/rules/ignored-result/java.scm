(expression_statement
  (method_invocation name: (identifier) @method arguments: (argument_list) @arguments)
  (#any-of? @method "trim" "strip" "toUpperCase" "toLowerCase")
  (#match? @arguments "^\\(\\s*\\)$")
  (#set! check "in-function no-comment not-asserted not-guarded")) @finding

(expression_statement
  (method_invocation name: (identifier) @method arguments: (argument_list . (string_literal) . (string_literal) .))
  (#any-of? @method "replace" "replaceAll" "replaceFirst")
  (#set! check "in-function no-comment not-asserted not-guarded")) @finding
