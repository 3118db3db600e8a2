(expression_statement
  (object_creation_expression type: (_) @type) @finding
  (#match? @type "Exception$")
  (#set! check "not-guarded not-asserted no-comment"))
