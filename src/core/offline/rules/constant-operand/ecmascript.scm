([
  (if_statement condition: (parenthesized_expression (binary_expression operator: "||" right: [(string) (number) (true)]) @finding))
  (while_statement condition: (parenthesized_expression (binary_expression operator: "||" right: [(string) (number)]) @finding))
  (ternary_expression condition: (binary_expression operator: "||" right: [(string) (number)]) @finding)
]
  (#match? @finding "[=!]=")
  (#not-match? @finding "(['\"`])\\1$|\\D0$"))
