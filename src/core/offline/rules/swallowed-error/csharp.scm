(try_statement
  body: (block) @try
  (catch_clause body: (block) @body) @finding
  (#match? @body "^\\{\\s*\\}$")
  (#not-match? @finding "^catch\\s*\\(\\s*(\\w*Canceled|ObjectDisposed|Timeout|ThreadAbort)")
  (#set! check "not-cleanup no-comment not-explained no-fallback not-test"))
