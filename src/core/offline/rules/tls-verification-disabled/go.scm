(keyed_element
  key: (literal_element (identifier) @key)
  value: (literal_element (true))
  (#eq? @key "InsecureSkipVerify")) @finding

(assignment_statement
  left: (expression_list (selector_expression field: (field_identifier) @key))
  right: (expression_list (true))
  (#eq? @key "InsecureSkipVerify")) @finding
