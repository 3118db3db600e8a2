(if_statement condition: (condition_clause value: (assignment_expression operator: "=") @finding))
