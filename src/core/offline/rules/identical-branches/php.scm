(if_statement
  body: (compound_statement) @a
  .
  alternative: (else_clause body: (compound_statement) @b)
  (#set! check "same-code")) @finding

(conditional_expression
  body: (_) @a
  alternative: (_) @b
  (#not-match? @a "^(\"\"|'')$")
  (#set! check "same-expression")) @finding
