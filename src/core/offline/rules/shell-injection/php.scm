(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument [(encapsed_string) (binary_expression)] @text))
  (#any-of? @function "system" "exec" "shell_exec" "passthru" "popen" "proc_open")
  (#not-match? @text "escapeshell(arg|cmd)|PHP_BINARY")
  (#set! check "composed")) @finding

((shell_command_expression) @finding
  (#match? @finding "\\$")
  (#not-match? @finding "^`[^$]*\\$this->\\w+Path"))

(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument (variable_name) @text))
  (#any-of? @function "system" "exec" "shell_exec" "passthru" "popen" "proc_open")
  (#set! check "composed-before")) @finding
