((expression_statement .
  (call function: (identifier) @type) @finding .)
  (#match? @type "^([A-Z]\\w*Error|Exception|[A-Z]\\w*Exception|NotImplementedError|StopIteration)$")
  (#set! check "not-guarded not-asserted no-comment"))
