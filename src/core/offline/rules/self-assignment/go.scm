(assignment_statement
  left: (expression_list . (_) @a .)
  operator: "="
  right: (expression_list . (_) @b .)
  (#set! check "same-expression pure")) @finding
