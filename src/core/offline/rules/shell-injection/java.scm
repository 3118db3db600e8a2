(method_invocation
  object: (_) @object
  name: (identifier) @function
  arguments: (argument_list . (binary_expression) @text)
  (#eq? @function "exec")
  (#match? @object "(Runtime|runtime|rt$)")
  (#set! check "composed")) @finding

(method_invocation
  object: (_) @object
  name: (identifier) @function
  arguments: (argument_list . (method_invocation object: (identifier) @string name: (identifier) @format))
  (#eq? @function "exec")
  (#match? @object "(Runtime|runtime|rt$)")
  (#eq? @string "String")
  (#eq? @format "format")) @finding

(method_invocation
  object: (_) @object
  name: (identifier) @function
  arguments: (argument_list . (identifier) @text)
  (#eq? @function "exec")
  (#match? @object "(Runtime|runtime|rt$)")
  (#set! check "composed-before")) @finding

; new ProcessBuilder("sh", "-c", text), new String[] {"sh", "-c", text}, List.of("sh", "-c", text)
([
  (argument_list (string_literal) @shell . (string_literal) @option . (binary_expression) @text .)
  (array_initializer (string_literal) @shell . (string_literal) @option . (binary_expression) @text .)
] @finding
  (#match? @shell "^.(/bin/)?(sh|bash|zsh|cmd|cmd\\.exe|powershell).$")
  (#match? @option "^.(-l?c|/[cC]|-Command).$")
  (#set! check "composed"))
