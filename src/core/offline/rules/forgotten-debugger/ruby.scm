(call
  receiver: (identifier) @object
  method: (identifier) @method
  (#eq? @object "binding")
  (#any-of? @method "pry" "irb" "break")) @finding

([
  (program (identifier) @finding)
  (body_statement (identifier) @finding)
  (then (identifier) @finding)
  (else (identifier) @finding)
]
  (#any-of? @finding "byebug" "debugger"))
