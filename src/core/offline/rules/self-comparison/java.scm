(binary_expression
  left: (_) @a
  operator: _ @operator
  right: (_) @b
  (#any-of? @operator "==" "!=" "<" ">" "<=" ">=" "&&" "||" "/" "%" "-")
  (#not-match? @a "^[-+0-9.\"']")
  (#set! check "same-expression pure not-fallback-idiom not-nan-idiom not-asserted")) @finding
