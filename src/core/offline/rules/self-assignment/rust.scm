(assignment_expression
  left: (_) @a
  right: (_) @b
  (#set! check "same-expression pure")) @finding
