(invocation_expression
  function: (member_access_expression) @function
  (#match? @function "^(System\\.Diagnostics\\.)?Debugger\\.(Launch|Break)$")) @finding
