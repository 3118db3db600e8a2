([
  (if_statement condition: (boolean_operator left: (_) @left operator: "or" right: [(string) (integer) (true)]) @finding)
  (elif_clause condition: (boolean_operator left: (_) @left operator: "or" right: [(string) (integer) (true)]) @finding)
  (while_statement condition: (boolean_operator left: (_) @left operator: "or" right: [(string) (integer)]) @finding)
]
  (#match? @left "[=!]=| in | is ")
  (#not-match? @finding "(['\"])\\1$|\\D0$"))
