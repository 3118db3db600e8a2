(binary_expression
  operator: _ @operator
  right: (call_expression function: (selector_expression) @nan)
  (#any-of? @operator "==" "!=")
  (#eq? @nan "math.NaN")) @finding
