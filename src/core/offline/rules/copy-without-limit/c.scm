(call_expression
  function: (identifier) @function
  arguments: (argument_list . (identifier) @target . [(identifier) (field_expression) (subscript_expression) (call_expression)] @source .)
  (#any-of? @function "strcpy" "strcat" "stpcpy")
  (#not-match? @source "^[A-Z0-9_]+$")
  (#set! check "fixed-array")) @finding

(call_expression
  function: (identifier) @function
  arguments: (argument_list . (identifier) @target . (string_literal) @format . [(identifier) (field_expression) (subscript_expression)])
  (#any-of? @function "sprintf" "vsprintf")
  (#match? @format "%s")
  (#set! check "fixed-array")) @finding
