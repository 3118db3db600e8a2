; `*a < 0 || *b >= c` is also read as an assignment to a template, and a condition with directives in it as one that holds
; the block as well.
(if_statement
  condition: (condition_clause value: (assignment_expression left: (_) @target operator: "=") @finding) @condition
  (#not-match? @target "<")
  (#not-match? @condition "[{;]|\\n[ \\t]*#"))
