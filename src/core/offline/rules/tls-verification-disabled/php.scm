(function_call_expression
  function: (name) @function
  arguments: (arguments (argument (name) @option) . (argument) @value .)
  (#eq? @function "curl_setopt")
  (#match? @option "^CURLOPT_SSL_VERIFY(PEER|HOST)$")
  (#match? @value "^(false|FALSE|0)$")) @finding

(array_element_initializer
  . (name) @option
  (_) @value .
  (#match? @option "^CURLOPT_SSL_VERIFY(PEER|HOST)$")
  (#match? @value "^(false|FALSE|0)$")) @finding

(array_element_initializer
  . [(string) (encapsed_string)] @option
  (_) @value .
  (#match? @option "^.(verify_peer|verify_peer_name)")
  (#match? @value "^(false|FALSE)$")) @finding

; new Client(["verify" => false])
(object_creation_expression
  (name) @class
  (arguments (argument (array_creation_expression (array_element_initializer
    . [(string) (encapsed_string)] @option
    (_) @value .) @finding)))
  (#match? @class "Client$")
  (#match? @option "^.verify.$")
  (#match? @value "^(false|FALSE)$"))
