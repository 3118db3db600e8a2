(call_expression
  function: [(identifier) @function (member_expression property: (property_identifier) @function)]
  arguments: (arguments . (string) @algorithm)
  (#eq? @function "createHash")
  (#match? @algorithm "^.(md5|MD5|sha1|SHA1|sha-1|SHA-1|md4|rsa-md5|RSA-MD5|rsa-sha1|RSA-SHA1).$")
  (#set! check "near-secrets")) @finding

; As the hash of an HMAC, SHA-1 still holds.
(call_expression
  function: [(identifier) @function (member_expression property: (property_identifier) @function)]
  arguments: (arguments . (string) @algorithm)
  (#eq? @function "createHmac")
  (#match? @algorithm "^.(md5|MD5|md4).$")
  (#set! check "near-secrets")) @finding
