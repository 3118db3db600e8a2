(binary_expression
  operator: ["==" "!="]
  right: (field_access) @nan
  (#any-of? @nan "Double.NaN" "Float.NaN")) @finding
