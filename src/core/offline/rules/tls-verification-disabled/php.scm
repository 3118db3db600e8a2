(function_call_expression
  function: (name) @function
  arguments: (arguments (argument (name) @option) . (argument) @value .)
  (#eq? @function "curl_setopt")
  (#match? @option "^CURLOPT_SSL_VERIFY(PEER|HOST)$")
  (#match? @value "^(false|FALSE|0)$")) @finding
