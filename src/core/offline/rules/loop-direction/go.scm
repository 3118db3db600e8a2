((for_clause
    condition: (binary_expression left: (identifier) @a operator: ["<" "<="]) @finding
    update: (dec_statement (identifier) @b))
  (#set! check "same-expression"))

((for_clause
    condition: (binary_expression left: (identifier) @a operator: [">" ">="]) @finding
    update: (inc_statement (identifier) @b))
  (#set! check "same-expression"))

((for_clause
    condition: (binary_expression left: (identifier) @a operator: ["<" "<="]) @finding
    update: (assignment_statement left: (expression_list . (identifier) @b .) operator: "-=" right: (expression_list (int_literal))))
  (#set! check "same-expression"))

((for_clause
    condition: (binary_expression left: (identifier) @a operator: [">" ">="]) @finding
    update: (assignment_statement left: (expression_list . (identifier) @b .) operator: "+=" right: (expression_list (int_literal))))
  (#set! check "same-expression"))
