((comparison_operator
  . (call function: (identifier) @length)
  operators: ["<" ">="]
  (integer) @zero .) @finding
  (#eq? @length "len")
  (#eq? @zero "0"))
