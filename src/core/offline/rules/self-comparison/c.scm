(binary_expression
  left: (_) @a
  operator: ["==" "!=" "<" ">" "<=" ">=" "&&" "||" "/" "%" "-"] @operator
  right: (_) @b
  (#not-match? @a "^[-+0-9.\"']")
  (#not-match? @a "^[A-Z0-9_]+$")
  (#set! check "same-expression pure not-fallback-idiom not-nan-idiom not-asserted")) @finding
