([
  (argument_list (binary_expression) @sql)
  (short_var_declaration right: (expression_list (binary_expression) @sql))
  (assignment_statement right: (expression_list (binary_expression) @sql))
]
  (#match? @sql "^[\"`]\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-value"))

((call_expression
    function: (selector_expression) @function
    arguments: (argument_list . [(interpreted_string_literal) (raw_string_literal)] @sql))
  (#eq? @function "fmt.Sprintf")
  (#match? @sql "^[\"`]\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-format"))
