(binary_expression
  operator: ["==" "!="]
  right: (string_literal)) @finding

(binary_expression
  left: (string_literal)
  operator: ["==" "!="]) @finding
