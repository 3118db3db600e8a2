((for_statement
    condition: (binary_expression left: (identifier) @a operator: ["<" "<="] @operator) @finding
    increment: (update_expression argument: (identifier) @b operator: "--"))
  (#set! check "same-expression"))

((for_statement
    condition: (binary_expression left: (identifier) @a operator: [">" ">="] @operator) @finding
    increment: (update_expression argument: (identifier) @b operator: "++"))
  (#set! check "same-expression"))
