(block (statement_list
  [
    (short_var_declaration left: (expression_list . (identifier) @a . (identifier) @error .) right: (expression_list (call_expression) @call))
    (assignment_statement left: (expression_list . (identifier) @a . (identifier) @error .) right: (expression_list (call_expression) @call))
  ]
  .
  (defer_statement (call_expression
    function: (selector_expression operand: [
      (identifier) @b
      (selector_expression operand: (identifier) @b)
    ]))) @finding)
  (#match? @error "^(err|[a-z]\\w*Err)$")
  (#set! check "same-expression"))
