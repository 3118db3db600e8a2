(call_expression
  function: (field_expression field: (field_identifier) @finding)
  arguments: (arguments (boolean_literal) @value)
  (#any-of? @finding "danger_accept_invalid_certs" "danger_accept_invalid_hostnames")
  (#eq? @value "true"))

(call_expression
  function: (field_expression field: (field_identifier) @finding)
  arguments: (arguments (_) @value)
  (#eq? @finding "set_verify")
  (#match? @value "SslVerifyMode::NONE$"))
