(expression_statement
  (function_call_expression function: (name) @function) @finding
  (#any-of? @function "dd" "ddd"))

; var_dump($order); die();
((expression_statement
  (function_call_expression function: (name) @function) @finding)
  .
  [(exit_statement) (expression_statement (function_call_expression function: (name) @end))]
  (#any-of? @function "var_dump" "print_r" "var_export")
  (#match? @end "^(die|exit)$"))
