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

; session.Token = strconv.Itoa(rand.Int())
(assignment_statement
  left: (expression_list . [(identifier) @name (selector_expression field: (field_identifier) @name)] .)
  right: (expression_list (_) @value)
  (#match? @name "(^|_|[a-z])([Tt]oken|[Ss]ecret|[Pp]assword|[Nn]once|[Ss]alt|OTP|[Cc]srf|API_?Key|[Ss]ession_?I[Dd])$")
  (#set! check "draws-random imports-math-rand")) @finding

; rand.Read(salt)
(call_expression
  function: (selector_expression operand: (identifier) @module field: (field_identifier) @function)
  arguments: (argument_list . [(identifier) @name (slice_expression operand: (identifier) @name)] .)
  (#eq? @module "rand")
  (#eq? @function "Read")
  (#match? @name "([Tt]oken|[Ss]ecret|[Pp]assword|[Nn]once|[Ss]alt|[Kk]ey)$")
  (#set! check "imports-math-rand")) @finding
