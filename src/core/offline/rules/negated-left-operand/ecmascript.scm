((binary_expression
    left: (unary_expression operator: "!")
    operator: ["in" "instanceof"]) @finding)
