(expression_statement
  (call_expression
    function: (member_expression property: (property_identifier) @method)
    arguments: (arguments) @arguments)
  (#any-of? @method "trim" "trimStart" "trimEnd" "toUpperCase" "toLowerCase")
  (#match? @arguments "^\\(\\s*\\)$")
  (#set! check "in-function no-comment not-asserted not-guarded")) @finding

(expression_statement
  (call_expression
    function: (member_expression property: (property_identifier) @method)
    arguments: (arguments . [(string) (regex)] . [(string) (template_string)] .))
  (#any-of? @method "replace" "replaceAll")
  (#not-match? @finding "^[^(]*\\b(\\w*[lL]ist|location|history)\\.\\w+\\(")
  (#set! check "in-function no-comment not-asserted not-guarded")) @finding
