((binary_expression
  left: (call_expression function: (identifier) @length)
  operator: ["<" ">="]
  right: (int_literal) @zero) @finding
  (#any-of? @length "len" "cap")
  (#eq? @zero "0"))
