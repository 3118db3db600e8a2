(binary
  left: (_) @a
  operator: ["==" "!=" "<" ">" "<=" ">=" "&&" "||" "/" "%" "-"] @operator
  right: (_) @b
  (#not-match? @a "^[-+0-9.\"']")
  (#set! check "same-expression pure not-fallback-idiom not-asserted")) @finding
