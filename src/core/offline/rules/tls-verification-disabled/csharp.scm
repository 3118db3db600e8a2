(assignment_expression
  left: (_) @name
  right: (lambda_expression body: [(boolean_literal) (block)] @value)
  (#match? @name "(ServerCertificateCustomValidationCallback|ServerCertificateValidationCallback|RemoteCertificateValidationCallback)$")
  (#match? @value "^(true|\\{\\s*return true;\\s*\\})$")) @finding

(assignment_expression
  left: (_) @name
  right: (anonymous_method_expression) @value
  (#match? @name "(ServerCertificateCustomValidationCallback|ServerCertificateValidationCallback|RemoteCertificateValidationCallback)$")
  (#match? @value "^delegate[^{]*\\{\\s*return true;\\s*\\}$")) @finding

((member_access_expression name: (identifier) @name) @finding
  (#eq? @name "DangerousAcceptAnyServerCertificateValidator"))

(object_creation_expression
  type: (identifier) @type
  arguments: (argument_list (argument (lambda_expression body: (boolean_literal) @value)))
  (#eq? @type "SslStream")
  (#eq? @value "true")) @finding
