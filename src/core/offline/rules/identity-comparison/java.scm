(binary_expression
  operator: _ @operator
  right: (string_literal)
  (#any-of? @operator "==" "!=")) @finding

(binary_expression
  left: (string_literal)
  operator: _ @operator
  (#any-of? @operator "==" "!=")) @finding
