(call
  !receiver
  method: (identifier) @function
  arguments: (argument_list . (string) @text .)
  (#any-of? @function "system" "exec" "spawn")
  (#not-match? @text "shellescape|Shellwords")
  (#set! check "composed")) @finding

; `ls #{name}`, %x(ls #{name})
((subshell) @finding
  (#match? @finding "#\\{")
  (#not-match? @finding "shellescape|Shellwords|#\\{[A-Z_]+\\}"))

(call
  receiver: (constant) @receiver
  method: (identifier) @function
  arguments: (argument_list . (string) @text)
  (#match? @receiver "^(Kernel|IO|Open3|Process)$")
  (#any-of? @function "system" "exec" "spawn" "popen" "capture2" "capture2e" "capture3" "popen3" "popen2")
  (#not-match? @text "shellescape|Shellwords")
  (#set! check "composed")) @finding

(call
  !receiver
  method: (identifier) @function
  arguments: (argument_list . (binary (string) operator: "+") @text .)
  (#any-of? @function "system" "exec" "spawn")
  (#not-match? @text "shellescape|Shellwords")) @finding

(call
  !receiver
  method: (identifier) @function
  arguments: (argument_list . (identifier) @text .)
  (#any-of? @function "system" "exec" "spawn")
  (#set! check "composed-before")) @finding
