(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument (_) @text) .)
  (#eq? @function "eval")
  (#match? @text "\\$")) @finding
