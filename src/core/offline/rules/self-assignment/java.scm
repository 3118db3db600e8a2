(expression_statement
  (assignment_expression
    left: (_) @a
    operator: "="
    right: (_) @b
    (#set! check "same-expression pure")) @finding)
