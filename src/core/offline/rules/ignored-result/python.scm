(expression_statement .
  (call
    function: (attribute object: [(identifier) (attribute)] attribute: (identifier) @method)
    arguments: (argument_list) @arguments) .
  (#any-of? @method "strip" "lstrip" "rstrip" "upper" "lower" "title" "capitalize" "casefold")
  (#match? @arguments "^\\(\\s*\\)$")
  (#set! check "in-function no-comment not-asserted not-guarded")) @finding

(expression_statement .
  (call
    function: (attribute object: [(identifier) (attribute)] attribute: (identifier) @method)
    arguments: (argument_list . (string) . (string) .)) .
  (#eq? @method "replace")
  (#set! check "in-function no-comment not-asserted not-guarded")) @finding
