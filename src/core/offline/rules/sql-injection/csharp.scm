([
  (argument [(interpolated_string_expression) (binary_expression)] @sql)
  (variable_declarator [(interpolated_string_expression) (binary_expression)] @sql)
  (assignment_expression right: [(interpolated_string_expression) (binary_expression)] @sql)
  (return_statement [(interpolated_string_expression) (binary_expression)] @sql)
]
  (#match? @sql "^[$@]*\"+\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-value not-parameterized"))
