(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument [(encapsed_string) (binary_expression)] @text))
  (#any-of? @function "system" "exec" "shell_exec" "passthru" "popen" "proc_open")
  (#not-match? @text "escapeshell(arg|cmd)|PHP_BINARY")
  (#set! check "composed")) @finding
