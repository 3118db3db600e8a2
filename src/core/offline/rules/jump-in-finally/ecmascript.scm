((finally_clause body: (statement_block [
    (return_statement) @finding
    (if_statement consequence: (statement_block (return_statement) @finding))
  ]))
  (#set! check "leaves-finally"))
