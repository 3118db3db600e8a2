(binary_expression
  operator: _ @operator
  right: [(array) (object) (regex) (arrow_function) (function_expression)]
  (#any-of? @operator "===" "!==")
  (#set! title "Value is compared with a new object, the two are never the same")) @finding
