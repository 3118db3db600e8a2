; `*a < 0 || *b >= c` is also read as an assignment to a template.
(if_statement
  condition: (condition_clause value: (assignment_expression left: (_) @target operator: "=") @finding)
  (#not-match? @target "<"))
