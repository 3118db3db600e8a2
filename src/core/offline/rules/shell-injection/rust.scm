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
