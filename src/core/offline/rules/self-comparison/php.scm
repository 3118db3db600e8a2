(binary_expression
  left: (_) @a
  operator: ["==" "===" "!=" "!==" "<" ">" "<=" ">=" "&&" "||" "/" "%" "-"] @operator
  right: (_) @b
  (#match? @a "->|\\$")
  (#not-match? @a "^[-+0-9.\"']")
  (#set! check "same-expression pure not-fallback-idiom not-asserted")) @finding
