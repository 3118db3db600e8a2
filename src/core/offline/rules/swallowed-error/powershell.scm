(try_statement
  (statement_block) @try
  (catch_clauses (catch_clause (statement_block) @body) @finding)
  (#match? @body "^\\{\\s*\\}$")
  (#set! check "not-cleanup no-comment not-explained not-test"))
