(expression_statement
  (object_creation_expression [(name) (qualified_name)] @type) @finding
  (#match? @type "(Exception|Error)$")
  (#set! check "not-guarded not-asserted no-comment"))
