((finally_clause (block [
    (return_statement) @finding
    (if_statement consequence: (block (return_statement) @finding))
  ]))
  (#set! check "leaves-finally"))
