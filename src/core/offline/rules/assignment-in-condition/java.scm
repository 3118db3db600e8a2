(if_statement
  condition: (parenthesized_expression
    (assignment_expression operator: "=" right: [(true) (false) (identifier)]) @finding))

(while_statement
  condition: (parenthesized_expression
    (assignment_expression operator: "=" right: [(true) (false)]) @finding))
