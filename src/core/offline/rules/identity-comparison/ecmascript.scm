(binary_expression
  operator: ["===" "!=="]
  right: [(array) (object) (regex) (arrow_function) (function_expression)]
  (#set! title "Value is compared with a new object, the two are never the same")) @finding
