(call
  function: (attribute) @function
  arguments: (argument_list (integer) @mode .)
  (#match? @function "^os\\.(chmod|fchmod|lchmod)$|\\.chmod$")
  (#match? @mode "^0o[67]{2}[2367]$")
  (#set! check "not-before-removal")) @finding

(call
  function: (attribute) @function
  arguments: (argument_list (keyword_argument name: (identifier) @name value: (integer) @mode))
  (#match? @function "\\.l?chmod$")
  (#eq? @name "mode")
  (#match? @mode "^0o[67]{2}[2367]$")
  (#set! check "not-before-removal")) @finding

(call
  function: (attribute) @function
  arguments: (argument_list (binary_operator) @mode)
  (#match? @function "\\.f?chmod$")
  (#match? @mode "S_I(RWX|W)O")
  (#set! check "not-before-removal")) @finding
