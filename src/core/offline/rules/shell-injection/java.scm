(method_invocation
  object: (_) @object
  name: (identifier) @function
  arguments: (argument_list . (binary_expression) @text)
  (#eq? @function "exec")
  (#match? @object "(Runtime|runtime|rt$)")
  (#set! check "composed")) @finding
