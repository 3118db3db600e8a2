([
  (binary_expression left: [(identifier) (member_expression)] @nan operator: _ @operator right: (_))
  (binary_expression left: (_) operator: _ @operator right: [(identifier) (member_expression)] @nan)
] @finding
  (#any-of? @nan "NaN" "Number.NaN")
  (#any-of? @operator "==" "===" "!=" "!==" "<" ">" "<=" ">="))
