((for_statement
    condition: (binary_expression left: (identifier) @a operator: ["<" "<="]) @finding
    update: (update_expression (identifier) @b) @update)
  (#match? @update "--")
  (#set! check "same-expression"))

((for_statement
    condition: (binary_expression left: (identifier) @a operator: [">" ">="]) @finding
    update: (update_expression (identifier) @b) @update)
  (#match? @update "\\+\\+")
  (#set! check "same-expression"))
