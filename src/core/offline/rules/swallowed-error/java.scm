(try_statement
  body: (block) @try
  (catch_clause
    (catch_formal_parameter name: (identifier) @name)
    body: (block) @body) @finding
  (#match? @body "^\\{\\s*\\}$")
  (#not-match? @name "^(ignore|expected|unused|_)")
  (#set! check "not-cleanup no-comment not-explained no-fallback not-test"))
