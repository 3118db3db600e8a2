(call_expression
  function: (selector_expression) @function
  arguments: (argument_list
    . (interpreted_string_literal) @shell
    . (interpreted_string_literal) @option
    . [(binary_expression) (call_expression function: (selector_expression) @format)] @text)
  (#eq? @function "exec.Command")
  (#match? @shell "(sh|bash|zsh|cmd|cmd.exe|powershell)\"$")
  (#match? @option "^\"(-l?i?c|/[cC]|-Command)\"$")
  (#eq? @format "fmt.Sprintf")
  (#set! check "composed")) @finding
