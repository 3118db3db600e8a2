(expression_statement
  (assignment
    left: [(identifier) (attribute)] @a
    !type
    right: [(identifier) (attribute)] @b
    (#set! check "same-expression no-comment in-function not-else-filler")) @finding)
