(call_expression
  function: (identifier) @function
  arguments: (argument_list . (_) .)
  (#eq? @function "gets")) @finding

(call_expression
  function: (identifier) @function
  arguments: (argument_list (string_literal) @format)
  (#any-of? @function "scanf" "fscanf" "sscanf")
  (#match? @format "(^|[^%*])%s")
  (#not-eq? @function "sscanf")) @finding
