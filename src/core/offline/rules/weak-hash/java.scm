(method_invocation
  object: (identifier) @object
  name: (identifier) @function
  arguments: (argument_list . (string_literal) @algorithm)
  (#eq? @object "MessageDigest")
  (#eq? @function "getInstance")
  (#match? @algorithm "^\"(MD5|md5|SHA-?1|sha-?1|MD2|MD4)\"$")
  (#set! check "near-secrets")) @finding
