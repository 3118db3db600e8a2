(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument) @value)
  (#any-of? @function "md5" "sha1")
  (#match? @value "[pP]assw|PASSW|[pP]wd|PWD")) @finding

; $user->password = sha1($text)
(assignment_expression
  left: (_) @name
  right: (function_call_expression function: (name) @function) @finding
  (#any-of? @function "md5" "sha1")
  (#match? @name "([tT]oken|[sS]ecret|[sS]ignature)[\"'\\]]*$"))

(assignment_expression
  left: (_) @name
  right: (function_call_expression function: (name) @function) @finding
  (#any-of? @function "md5" "sha1")
  (#match? @name "([pP]assword|PASSWORD)[\"'\\]]*$"))

(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument [(string) (encapsed_string)] @algorithm) (argument) @value)
  (#eq? @function "hash")
  (#match? @algorithm "^.(md5|sha1|md4).$")
  (#match? @value "[pP]assw|[sS]ecret|[tT]oken")) @finding
