(expression_statement
  (assignment_expression
    left: [(identifier) (member_expression)] @a
    right: (_) @b
    (#not-match? @a "location")
    (#set! check "same-expression pure")) @finding)
