((for_statement
    condition: (binary_expression left: (identifier) @a operator: ["<" "<="] @operator) @finding
    increment: (update_expression argument: (identifier) @b operator: "--"))
  (#set! check "same-expression"))

((for_statement
    condition: (binary_expression left: (identifier) @a operator: [">" ">="] @operator) @finding
    increment: (update_expression argument: (identifier) @b operator: "++"))
  (#set! check "same-expression"))

((for_statement
    condition: (binary_expression left: (identifier) @a operator: ["<" "<="]) @finding
    increment: (augmented_assignment_expression left: (identifier) @b operator: "-=" right: (number)))
  (#set! check "same-expression"))

((for_statement
    condition: (binary_expression left: (identifier) @a operator: [">" ">="]) @finding
    increment: (augmented_assignment_expression left: (identifier) @b operator: "+=" right: (number)))
  (#set! check "same-expression"))
