([(field_access) (identifier) (object_creation_expression)] @finding
  (#match? @finding "^((\\w+\\.)*NoopHostnameVerifier\\.INSTANCE|(\\w+\\.)*SSLConnectionSocketFactory\\.ALLOW_ALL_HOSTNAME_VERIFIER|(\\w+\\.)*InsecureTrustManagerFactory\\.INSTANCE|new NoopHostnameVerifier\\(\\)|new TrustAllStrategy\\(\\)|(\\w+\\.)*TrustAllStrategy\\.INSTANCE)$"))

; checkServerTrusted() that checks nothing
(method_declaration
  name: (identifier) @finding
  body: (block) @body
  (#eq? @finding "checkServerTrusted")
  (#match? @body "^\\{\\s*\\}$"))

(method_invocation
  name: (identifier) @finding
  arguments: (argument_list (lambda_expression body: [(true) (block)] @body))
  (#match? @finding "^(setHostnameVerifier|setDefaultHostnameVerifier|hostnameVerifier|setSSLHostnameVerifier)$")
  (#match? @body "^(true|\\{\\s*return true;\\s*\\})$"))

; HostnameVerifier.verify() that accepts all
(method_declaration
  name: (identifier) @finding
  parameters: (formal_parameters (_) (formal_parameter type: (_) @session))
  body: (block) @body
  (#eq? @finding "verify")
  (#eq? @session "SSLSession")
  (#match? @body "^\\{\\s*return true;\\s*\\}$"))
