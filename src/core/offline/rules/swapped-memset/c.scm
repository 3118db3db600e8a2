(call_expression
  function: (identifier) @function
  arguments: (argument_list . (_) . (_) @value . (number_literal) @length .)
  (#eq? @function "memset")
  (#eq? @length "0")
  (#not-eq? @value "0")) @finding
