([
  (binary_expression left: (_) @nan operator: ["==" "===" "!=" "!==" "<" ">" "<=" ">="] right: (_))
  (binary_expression left: (_) operator: ["==" "===" "!=" "!==" "<" ">" "<=" ">="] right: (_) @nan)
] @finding
  (#any-of? @nan "NaN" "Number.NaN"))
