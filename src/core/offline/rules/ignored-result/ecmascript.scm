(expression_statement
  (call_expression
    function: (member_expression property: (property_identifier) @method)
    arguments: (arguments) @arguments)
  (#any-of? @method "trim" "trimStart" "trimEnd" "toUpperCase" "toLowerCase")
  (#match? @arguments "^\\(\\s*\\)$")
  (#set! check "in-function no-comment not-asserted not-guarded")) @finding
