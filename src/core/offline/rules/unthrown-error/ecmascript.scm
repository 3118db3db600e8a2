(expression_statement
  (new_expression constructor: (identifier) @type) @finding
  (#match? @type "^([A-Z]\\w*)?(Error|Exception)$")
  (#set! check "not-guarded not-asserted no-comment"))
