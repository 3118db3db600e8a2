(if_statement
  condition: (parenthesized_expression
    (assignment_expression
      right: [(string) (number) (true) (false) (null) (undefined) (identifier)]) @finding))

(while_statement
  condition: (parenthesized_expression
    (assignment_expression
      right: [(string) (number) (true) (false) (null) (undefined)]) @finding))

(ternary_expression
  condition: (parenthesized_expression
    (assignment_expression
      right: [(string) (number) (true) (false) (null) (undefined)]) @finding))
