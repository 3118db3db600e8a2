(call
  function: (attribute) @function
  arguments: (argument_list (integer) @mode .)
  (#match? @function "^os\\.chmod$|\\.chmod$")
  (#match? @mode "^0o[67]{2}[2367]$")) @finding
