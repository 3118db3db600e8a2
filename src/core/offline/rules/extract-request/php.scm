(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument) @value .)
  (#eq? @function "extract")
  (#match? @value "^\\$_(GET|POST|COOKIE|REQUEST)$")) @finding
