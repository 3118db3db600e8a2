([(field_access) (identifier) (object_creation_expression)] @finding
  (#match? @finding "^((\\w+\\.)*NoopHostnameVerifier\\.INSTANCE|(\\w+\\.)*SSLConnectionSocketFactory\\.ALLOW_ALL_HOSTNAME_VERIFIER|(\\w+\\.)*InsecureTrustManagerFactory\\.INSTANCE|new NoopHostnameVerifier\\(\\)|new TrustAllStrategy\\(\\)|(\\w+\\.)*TrustAllStrategy\\.INSTANCE)$"))

; checkServerTrusted() that checks nothing
(method_declaration
  name: (identifier) @finding
  body: (block) @body
  (#eq? @finding "checkServerTrusted")
  (#match? @body "^\\{\\s*\\}$"))
