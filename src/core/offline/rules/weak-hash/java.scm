(method_invocation
  object: (identifier) @object
  name: (identifier) @function
  arguments: (argument_list . (string_literal) @algorithm)
  (#eq? @object "MessageDigest")
  (#eq? @function "getInstance")
  (#match? @algorithm "^\"(MD5|md5|SHA-?1|sha-?1|MD2|MD4)\"$")
  (#set! check "near-secrets")) @finding

(method_invocation
  object: (identifier) @object
  name: (identifier) @function
  arguments: (argument_list . (string_literal) @algorithm)
  (#any-of? @object "Mac" "Signature")
  (#eq? @function "getInstance")
  (#match? @algorithm "^\"(HmacMD5|MD5with\\w+|SHA1with\\w+)\"$")) @finding

(method_invocation
  object: (identifier) @object
  name: (identifier) @function
  arguments: (argument_list . (_) @value)
  (#eq? @object "DigestUtils")
  (#match? @function "^(md5|sha1|md2)(Hex)?$")
  (#match? @value "[pP]assw|[sS]ecret")) @finding
