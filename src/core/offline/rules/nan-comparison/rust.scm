(binary_expression
  operator: _ @operator
  right: (scoped_identifier) @nan
  (#any-of? @operator "==" "!=")
  (#match? @nan "(^|::)(f32|f64)::NAN$|^(f32|f64)::NAN$")) @finding
