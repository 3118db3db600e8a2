(call
  !receiver
  method: (identifier) @function
  arguments: (argument_list . (string) @text .)
  (#any-of? @function "system" "exec" "spawn")
  (#not-match? @text "shellescape|Shellwords")
  (#set! check "composed")) @finding
