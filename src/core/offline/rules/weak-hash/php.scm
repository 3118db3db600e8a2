(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument) @value)
  (#any-of? @function "md5" "sha1")
  (#match? @value "[pP]assw|PASSW|[pP]wd|PWD")) @finding
