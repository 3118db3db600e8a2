(call_expression
  function: [
    (identifier) @function
    (member_expression object: (identifier) @object property: (property_identifier) @function)
  ]
  arguments: (arguments . [(template_string) (binary_expression)] @text)
  (#any-of? @function "exec" "execSync")
  (#any-of? @object "child_process" "childProcess" "cp" "child" "proc" "shell" "shelljs")
  (#set! check "composed")) @finding

(call_expression
  function: (identifier) @function
  arguments: (arguments . [(template_string) (binary_expression)] @text)
  (#any-of? @function "execSync" "exec")
  (#set! check "composed")) @finding
