(expression_statement
  (object_creation_expression type: (_) @type) @finding
  (#match? @type "(Exception|^(Assertion|Linkage|Internal)?Error)$")
  (#set! check "not-yielded not-guarded not-asserted no-comment"))
