((binary_expression
  left: [
    (method_invocation name: (identifier) @length arguments: (argument_list) @arguments)
    (field_access field: (identifier) @length)
  ]
  operator: ["<" ">="]
  right: (decimal_integer_literal) @zero) @finding
  (#any-of? @length "length" "size")
  (#match? @arguments "^\\(\\s*\\)$")
  (#eq? @zero "0"))
