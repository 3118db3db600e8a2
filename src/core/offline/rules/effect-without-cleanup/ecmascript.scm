(call_expression
  function: [(identifier) @hook (member_expression property: (property_identifier) @hook)]
  arguments: (arguments . [
    (arrow_function body: (statement_block) @body)
    (function_expression body: (statement_block) @body)
  ])
  (#any-of? @hook "useEffect" "useLayoutEffect")
  (#match? @body "\\b(setInterval|addEventListener)\\(")
  (#not-match? @body "\\breturn\\b|clearInterval|removeEventListener|\\bsignal\\b|\\bonce\\b|AbortController")) @finding
