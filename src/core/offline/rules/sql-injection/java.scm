([
  (argument_list . (binary_expression) @sql)
  (variable_declarator value: (binary_expression) @sql)
  (assignment_expression right: (binary_expression) @sql)
  (return_statement (binary_expression) @sql)
]
  (#match? @sql "^\"\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-value"))

((method_invocation
    object: (identifier) @object
    name: (identifier) @function
    arguments: (argument_list . (string_literal) @sql))
  (#eq? @object "String")
  (#eq? @function "format")
  (#match? @sql "^\"\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-format"))
