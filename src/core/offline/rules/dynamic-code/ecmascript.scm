(call_expression
  function: (identifier) @function
  arguments: (arguments . (_) @text)
  (#eq? @function "eval")
  (#set! check "not-literal")) @finding

(new_expression
  constructor: (identifier) @function
  arguments: (arguments (_) @text .)
  (#eq? @function "Function")
  (#set! check "not-literal")) @finding

(call_expression
  function: (identifier) @function
  arguments: (arguments . [(template_string) (binary_expression)] @text)
  (#any-of? @function "setTimeout" "setInterval")
  (#match? @text "^[\"'`]")
  (#set! check "composed")) @finding
