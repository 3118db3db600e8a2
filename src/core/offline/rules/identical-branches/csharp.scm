(if_statement
  consequence: (block) @a
  alternative: (block) @b
  (#set! check "same-code")) @finding

(conditional_expression
  consequence: (_) @a
  alternative: (_) @b
  (#set! check "same-expression")) @finding
