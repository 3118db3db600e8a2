(if_statement
  consequence: (compound_statement) @a
  alternative: (else_clause (compound_statement) @b)
  (#set! check "same-code")) @finding

(conditional_expression
  consequence: (_) @a
  alternative: (_) @b
  (#set! check "same-expression")) @finding
