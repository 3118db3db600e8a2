(short_var_declaration
  left: (expression_list . (identifier) @name)
  right: (expression_list (_) @value)
  (#match? @name "(^|_|[a-z])([Tt]oken|TOKEN|[Ss]ecret|SECRET|[Pp]assword|PASSWORD|[Nn]once|NONCE|[Ss]alt|SALT|[Oo]tp|OTP|[Cc]srf|CSRF|[Aa]pi_?[Kk]ey|API_?KEY|[Ss]ession_?[Ii]d|SESSION_?ID)$")
  (#set! check "draws-random imports-math-rand")) @finding

(function_declaration
  name: (identifier) @finding
  body: (block) @value
  (#match? @finding "^([Gg]enerate|[Cc]reate|[Mm]ake|[Nn]ew|[Rr]andom|[Gg]en|[Gg]et)\\w*([Tt]oken|[Ss]ecret|[Pp]assword|[Nn]once|[Ss]alt|OTP|APIKey|SessionI[Dd])$")
  (#set! check "draws-random imports-math-rand"))
