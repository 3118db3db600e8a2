(try_statement
  body: (compound_statement) @try
  (catch_clause body: (compound_statement) @body) @finding
  (#match? @body "^\\{\\s*\\}$")
  (#set! check "not-cleanup no-comment not-explained"))
