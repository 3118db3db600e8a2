(call
  function: (attribute) @function
  arguments: (argument_list) @arguments
  (#any-of? @function "hashlib.md5" "hashlib.sha1")
  (#not-match? @arguments "usedforsecurity")
  (#set! check "near-secrets")) @finding

(call
  function: (attribute) @function
  arguments: (argument_list . (string) @algorithm) @arguments
  (#eq? @function "hashlib.new")
  (#match? @algorithm "^.(md5|MD5|sha1|SHA1)")
  (#not-match? @arguments "usedforsecurity")
  (#set! check "near-secrets")) @finding

(call
  function: (attribute object: (identifier) @module attribute: (identifier) @function)
  arguments: (argument_list (_) (_) (_) @algorithm)
  (#eq? @module "hmac")
  (#any-of? @function "new" "digest")
  (#match? @algorithm "^(digestmod\\s*=\\s*)?(hashlib\\.md5|.md5.)$")) @finding
