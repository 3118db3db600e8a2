([
  (arguments . [(template_string) (binary_expression)] @sql)
  (variable_declarator value: [(template_string) (binary_expression)] @sql)
  (assignment_expression right: [(template_string) (binary_expression)] @sql)
  (return_statement [(template_string) (binary_expression)] @sql)
]
  (#match? @sql "^[\"'`]\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-value"))
