(binary_expression
  operator: ["==" "!="]
  right: (call_expression function: (selector_expression) @nan)
  (#eq? @nan "math.NaN")) @finding
