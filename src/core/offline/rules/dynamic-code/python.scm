(call
  function: (identifier) @function
  arguments: (argument_list . [(identifier) (string) (binary_operator) (call) (attribute) (subscript)] @text)
  (#eq? @function "eval")
  (#not-match? @text "^(compile\\(|code$|co$|self\\.code)|repr\\(")
  (#set! check "not-literal")) @finding

(call
  function: (identifier) @function
  arguments: (argument_list . [(string) (binary_operator) (call function: (attribute object: (string)))] @text)
  (#eq? @function "exec")
  (#not-match? @text "repr\\(")
  (#set! check "composed not-allow-listed")) @finding
