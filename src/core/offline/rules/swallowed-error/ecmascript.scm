(try_statement
  body: (statement_block) @try
  handler: (catch_clause body: (statement_block) @body) @finding
  (#match? @body "^\\{\\s*\\}$")
  (#set! check "not-cleanup no-comment not-explained no-fallback not-test"))

; promise.catch(() => {}), and what it gives is not used
(_
  (call_expression
    function: (member_expression
      object: (_) @try
      property: (property_identifier) @method)
    arguments: (arguments . [
      (arrow_function body: (statement_block) @body)
      (function_expression body: (statement_block) @body)
    ] @finding .)) @call
  (#eq? @method "catch")
  (#match? @body "^\\{\\s*\\}$")
  (#set! check "result-unused not-cleanup no-comment not-explained not-test"))
