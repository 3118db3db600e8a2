(call
  receiver: (identifier) @object
  method: (identifier) @method
  (#eq? @object "binding")
  (#any-of? @method "pry" "irb" "break")) @finding
