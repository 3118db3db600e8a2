(assignment_expression
  left: (_) @name
  right: (lambda_expression body: (boolean_literal) @value)
  (#match? @name "(ServerCertificateCustomValidationCallback|ServerCertificateValidationCallback|RemoteCertificateValidationCallback)$")
  (#eq? @value "true")) @finding
