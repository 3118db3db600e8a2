((macro_invocation
    macro: (identifier) @macro
    (token_tree . [(string_literal) (raw_string_literal)] @sql))
  (#eq? @macro "format")
  (#match? @sql "^r?#*\"\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|select|insert|update|delete|replace)\\s")
  (#set! check "sql-format"))
