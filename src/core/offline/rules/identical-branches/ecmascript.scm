(if_statement
  consequence: (statement_block) @a
  alternative: (else_clause (statement_block) @b)
  (#set! check "same-code")) @finding

(ternary_expression
  consequence: (_) @a
  alternative: (_) @b
  (#set! check "same-expression")) @finding
