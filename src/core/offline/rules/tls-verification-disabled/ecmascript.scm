(pair
  key: [(property_identifier) (string)] @key
  value: (false)
  (#match? @key "^[\"']?(rejectUnauthorized|strictSSL|strictSsl)[\"']?$")) @finding

(assignment_expression
  left: (member_expression property: (property_identifier) @key)
  right: (false)
  (#eq? @key "rejectUnauthorized")) @finding

(assignment_expression
  left: [
    (member_expression property: (property_identifier) @key)
    (subscript_expression index: (string (string_fragment) @key))
  ]
  right: [(string) (number)] @value
  (#eq? @key "NODE_TLS_REJECT_UNAUTHORIZED")
  (#match? @value "^.?0.?$")) @finding
