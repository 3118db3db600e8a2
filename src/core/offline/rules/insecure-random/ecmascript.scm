(variable_declarator
  name: (identifier) @name
  value: (_) @value
  (#match? @name "(^|_|[a-z])([Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD|[Nn]once|NONCE|[Ss]alt|SALT|[Oo]tp|OTP|[Cc]srf|CSRF|[Aa]pi_?[Kk]ey|API_?KEY|[Ss]ession_?[Ii]d|SESSION_?ID)$")
  (#match? @value "Math\\.random\\(")
  (#not-match? @value "=>|function|^(class|new Promise)")
  (#set! check "draws-random")) @finding

(assignment_expression
  left: [(identifier) @name (member_expression property: (property_identifier) @name)]
  right: (_) @value
  (#match? @name "(^|_|[a-z])([Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD|[Nn]once|NONCE|[Ss]alt|SALT|[Oo]tp|OTP|[Cc]srf|CSRF|[Aa]pi_?[Kk]ey|API_?KEY|[Ss]ession_?[Ii]d|SESSION_?ID)$")
  (#match? @value "Math\\.random\\(")
  (#not-match? @value "=>|function|^class")
  (#set! check "draws-random")) @finding

(pair
  key: (property_identifier) @name
  value: (_) @value
  (#match? @name "(^|_|[a-z])([Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD|[Nn]once|NONCE|[Ss]alt|SALT|[Oo]tp|OTP|[Cc]srf|CSRF|[Aa]pi_?[Kk]ey|API_?KEY|[Ss]ession_?[Ii]d|SESSION_?ID)$")
  (#match? @value "Math\\.random\\(")
  (#not-match? @value "=>|function")
  (#set! check "draws-random")) @finding

(function_declaration
  name: (identifier) @finding
  body: (statement_block) @value
  (#match? @finding "^_?(generate|create|make|new|random|gen|get)_?\\w*([Tt]oken|[Ss]ecret|[Pp]assword|[Nn]once|[Ss]alt|[Oo]tp|[Aa]pi_?[Kk]ey|[Ss]ession_?[Ii]d)$")
  (#set! check "draws-random"))
