(variable_declarator
  name: (identifier) @name
  value: (_) @value
  (#match? @name "(^|_|[a-z])([Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD|[Nn]once|NONCE|[Ss]alt|SALT|[Oo]tp|OTP|[Cc]srf|CSRF|[Aa]pi_?[Kk]ey|API_?KEY|[Ss]ession_?[Ii]d|SESSION_?ID)$")
  (#set! check "draws-random not-secure-random")) @finding

(method_declaration
  name: (identifier) @finding
  body: (block) @value
  (#match? @finding "^_?(generate|create|make|new|random|gen|get)_?\\w*([Tt]oken|[Ss]ecret|[Pp]assword|[Nn]once|[Ss]alt|[Oo]tp|[Aa]pi_?[Kk]ey|[Ss]ession_?[Ii]d)$")
  (#set! check "draws-random not-secure-random"))

(assignment_expression
  left: [(identifier) @name (field_access field: (identifier) @name)]
  right: (_) @value
  (#match? @name "([tT]oken|TOKEN|[sS]ecret|[pP]assword|[nN]once|[sS]alt|[oO]tp|[aA]piKey|[sS]essionId)$")
  (#set! check "draws-random not-secure-random")) @finding
