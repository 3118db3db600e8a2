(binary_expression
  operator: _ @operator
  right: (field_access) @nan
  (#any-of? @operator "==" "!=")
  (#any-of? @nan "Double.NaN" "Float.NaN")) @finding
