(expression_statement
  (call function: (identifier) @function arguments: (argument_list)) @finding
  (#eq? @function "breakpoint"))

(expression_statement
  (call function: (attribute) @function) @finding
  (#any-of? @function "pdb.set_trace" "ipdb.set_trace" "pudb.set_trace" "bpdb.set_trace" "pdb.post_mortem" "ipdb.post_mortem"))
