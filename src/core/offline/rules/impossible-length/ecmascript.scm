((binary_expression
  left: (member_expression property: (property_identifier) @length)
  operator: ["<" ">="]
  right: (number) @zero) @finding
  (#any-of? @length "length" "size")
  (#eq? @zero "0"))
