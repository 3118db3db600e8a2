(call_expression
  function: (selector_expression) @function
  (#match? @function "^(md5|sha1)\\.(New|Sum)$")
  (#set! check "near-secrets")) @finding
