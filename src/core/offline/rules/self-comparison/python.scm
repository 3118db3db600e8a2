(comparison_operator
  . (_) @a
  operators: ["==" "!=" "<" ">" "<=" ">=" "is"] @operator
  (_) @b .
  (#not-match? @a "^[-+0-9.\"']")
  (#set! check "two-operands same-expression pure not-fallback-idiom not-nan-idiom not-asserted")) @finding

(boolean_operator
  left: (_) @a
  operator: _ @operator
  right: (_) @b
  (#set! check "same-expression pure not-fallback-idiom not-asserted")) @finding

(binary_operator
  left: (_) @a
  operator: ["-" "/" "%"] @operator
  right: (_) @b
  (#not-match? @a "^[-+0-9.\"']")
  (#set! check "same-expression pure not-fallback-idiom not-asserted")) @finding
