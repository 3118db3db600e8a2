(call
  receiver: (constant) @object
  method: (identifier) @method
  arguments: (argument_list . (_) @value)
  (#eq? @object "Marshal")
  (#any-of? @method "load" "restore")
  (#match? @value "\\b(params|cookies|request)\\b")) @finding
