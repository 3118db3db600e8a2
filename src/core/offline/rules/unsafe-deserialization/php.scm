(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument) @value .)
  (#eq? @function "unserialize")
  (#match? @value "\\$_(GET|POST|COOKIE|REQUEST)\\b")) @finding
