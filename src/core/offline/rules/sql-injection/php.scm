([
  (argument [(encapsed_string) (binary_expression)] @sql)
  (assignment_expression right: [(encapsed_string) (binary_expression)] @sql)
  (return_statement [(encapsed_string) (binary_expression)] @sql)
]
  (#match? @sql "^[\"']\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-value"))
