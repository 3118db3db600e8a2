(call_expression
  function: (scoped_identifier) @function
  (#match? @function "^((md5::)?Md5|(sha1::)?Sha1)::(new|digest)$|^md5::compute$")
  (#set! check "near-secrets")) @finding
