(call_expression
  function: (identifier) @function
  arguments: (argument_list)
  (#any-of? @function "tmpnam" "tempnam" "mktemp")) @finding
