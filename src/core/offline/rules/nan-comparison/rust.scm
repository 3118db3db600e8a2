(binary_expression
  operator: ["==" "!="]
  right: (scoped_identifier) @nan
  (#match? @nan "(^|::)(f32|f64)::NAN$|^(f32|f64)::NAN$")) @finding
