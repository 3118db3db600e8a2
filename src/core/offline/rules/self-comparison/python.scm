(comparison_operator
  . (_) @a
  operators: _ @operator
  (_) @b .
  (#any-of? @operator "==" "!=" "<" ">" "<=" ">=" "is")
  (#not-match? @a "^[-+0-9.\"']")
  (#set! check "two-operands same-expression pure not-fallback-idiom not-nan-idiom not-asserted")) @finding

(boolean_operator
  left: (_) @a
  operator: _ @operator
  right: (_) @b
  (#set! check "same-expression pure not-fallback-idiom not-asserted")) @finding

(binary_operator
  left: (_) @a
  operator: _ @operator
  right: (_) @b
  (#any-of? @operator "-" "/" "%")
  (#not-match? @a "^[-+0-9.\"']")
  (#set! check "same-expression pure not-fallback-idiom not-asserted")) @finding
