([
  (argument_list . [(string) (binary_operator) (concatenated_string)] @sql)
  (assignment right: [(string) (binary_operator) (concatenated_string)] @sql)
  (return_statement [(string) (binary_operator) (concatenated_string)] @sql)
]
  (#match? @sql "^[fFrR]*[\"']+\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-value"))

; "... %s" % value
((binary_operator left: [(string) (concatenated_string) (parenthesized_expression)] @sql operator: "%" right: (_) @values)
  (#match? @sql "^\\(?\\s*[rR]?[\"']+\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-format"))

; "... {}".format(value)
((call
    function: (attribute object: [(string) (concatenated_string) (parenthesized_expression)] @sql attribute: (identifier) @method)
    arguments: (argument_list) @values)
  (#eq? @method "format")
  (#match? @sql "^\\(?\\s*[rR]?[\"']+\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-format"))
