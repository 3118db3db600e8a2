(expression_statement
  (call_expression
    function: (member_expression object: (_) @chain)) @finding
  (#match? @chain "^expect\\(")
  (#match? @chain "\\)\\s*\\.(resolves|rejects)(\\.not)?$"))
