((binary_expression
    left: (unary_expression operator: "typeof")
    operator: ["==" "===" "!=" "!=="]
    right: (string) @word) @finding
  (#not-match? @word "^.(undefined|object|boolean|number|string|function|symbol|bigint|unknown|date).$"))
