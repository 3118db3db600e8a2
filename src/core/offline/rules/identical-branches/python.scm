(if_statement
  consequence: (block) @a
  .
  alternative: (else_clause body: (block) @b)
  (#not-match? @a "^(pass|\\.\\.\\.)$")
  (#set! check "same-code")) @finding

(conditional_expression
  . (_) @a
  (_)
  (_) @b .
  (#set! check "same-expression")) @finding
