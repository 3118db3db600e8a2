(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument) @value) @arguments
  (#eq? @function "extract")
  (#match? @value "^(array_merge\\()?\\$_(GET|POST|COOKIE|REQUEST)\\b")
  (#not-match? @arguments "EXTR_(SKIP|PREFIX)")) @finding
