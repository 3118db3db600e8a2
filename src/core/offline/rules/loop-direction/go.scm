((for_clause
    condition: (binary_expression left: (identifier) @a operator: ["<" "<="]) @finding
    update: (dec_statement (identifier) @b))
  (#set! check "same-expression"))

((for_clause
    condition: (binary_expression left: (identifier) @a operator: [">" ">="]) @finding
    update: (inc_statement (identifier) @b))
  (#set! check "same-expression"))
