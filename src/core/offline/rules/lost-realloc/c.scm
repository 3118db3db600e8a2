(assignment_expression
  left: (_) @a
  operator: "="
  right: (call_expression
    function: (identifier) @function
    arguments: (argument_list . (_) @b . (_) .))
  (#eq? @function "realloc")
  (#set! check "same-expression")) @finding
