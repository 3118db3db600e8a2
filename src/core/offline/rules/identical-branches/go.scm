(if_statement
  consequence: (block) @a
  alternative: (block) @b
  (#set! check "same-code")) @finding
