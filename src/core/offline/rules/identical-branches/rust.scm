(if_expression
  condition: (_) @condition
  consequence: (block) @a
  alternative: (else_clause (block) @b)
  (#not-match? @condition "\\blet\\b")
  (#set! check "same-code")) @finding
