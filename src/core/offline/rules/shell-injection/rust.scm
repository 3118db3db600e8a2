(call_expression
  function: (field_expression
    value: (_) @command
    field: (field_identifier) @function)
  arguments: (arguments . [
    (macro_invocation)
    (reference_expression (macro_invocation))
  ] @text)
  (#eq? @function "arg")
  (#match? @command "Command::new\\(\"(/bin/)?(sh|bash|zsh|cmd)(\\.exe)?\"\\)\\s*\\.arg\\(\"(-l?c|/[cC])\"\\)$")
  (#match? @text "^&?format!")) @finding

(call_expression
  function: (field_expression value: (_) @command field: (field_identifier) @function)
  arguments: (arguments [
    (array_expression (string_literal) @option (reference_expression (macro_invocation) @text))
    (reference_expression (array_expression (string_literal) @option (reference_expression (macro_invocation) @text)))
  ])
  (#eq? @function "args")
  (#match? @command "Command::new\\(\"(/bin/)?(sh|bash|zsh|cmd)(\\.exe)?\"\\)$")
  (#match? @option "^\"(-l?c|/[cC])\"$")
  (#match? @text "^format!")) @finding

(call_expression
  function: (field_expression value: (_) @command field: (field_identifier) @function)
  arguments: (arguments . [(identifier) @text (reference_expression (identifier) @text)])
  (#eq? @function "arg")
  (#match? @command "Command::new\\(\"(/bin/)?(sh|bash|zsh|cmd)(\\.exe)?\"\\)\\s*\\.arg\\(\"(-l?c|/[cC])\"\\)$")
  (#set! check "composed-before")) @finding
