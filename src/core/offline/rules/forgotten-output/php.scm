(expression_statement
  (function_call_expression function: (name) @function) @finding
  (#any-of? @function "var_dump" "dd" "dump")
  (#set! check "not-test"))
