(call_expression
  function: [
    (identifier) @function
    (member_expression object: (identifier) @object property: (property_identifier) @function)
  ]
  arguments: (arguments . [(template_string) (binary_expression)] @text)
  (#any-of? @function "exec" "execSync")
  (#any-of? @object "child_process" "childProcess" "cp" "child" "proc" "shell" "shelljs")
  (#set! check "composed")) @finding

(call_expression
  function: (identifier) @function
  arguments: (arguments . [(template_string) (binary_expression)] @text)
  (#any-of? @function "execSync" "exec")
  (#set! check "composed")) @finding

; require("child_process").exec(...)
(call_expression
  function: (member_expression object: (call_expression) @object property: (property_identifier) @function)
  arguments: (arguments . [(template_string) (binary_expression)] @text)
  (#any-of? @function "exec" "execSync")
  (#match? @object "^require\\(.(node:)?child_process.\\)$")
  (#set! check "composed")) @finding

; spawn("sh", ["-c", text])
(call_expression
  function: [(identifier) @function (member_expression property: (property_identifier) @function)]
  arguments: (arguments
    . (string) @shell
    . (array . (string) @option . [(template_string) (binary_expression)] @text .))
  (#any-of? @function "spawn" "spawnSync" "execFile" "execFileSync")
  (#match? @shell "^.(/bin/)?(sh|bash|zsh|cmd|cmd\\.exe|powershell)(\\.exe)?.$")
  (#match? @option "^.(-l?c|/[cC]|-Command).$")
  (#set! check "composed")) @finding

; spawn(text, { shell: true })
(call_expression
  function: [(identifier) @function (member_expression property: (property_identifier) @function)]
  arguments: (arguments
    . [(template_string) (binary_expression)] @text
    (object (pair key: (property_identifier) @key value: (true))))
  (#any-of? @function "spawn" "spawnSync" "execFile" "execFileSync")
  (#eq? @key "shell")
  (#set! check "composed")) @finding

; A variable that was put together before.
(call_expression
  function: [
    (identifier) @function
    (member_expression object: (identifier) @object property: (property_identifier) @function)
  ]
  arguments: (arguments . (identifier) @text)
  (#any-of? @function "exec" "execSync")
  (#any-of? @object "child_process" "childProcess" "cp")
  (#set! check "composed-before")) @finding
