(call_expression
  function: (identifier) @function
  arguments: (argument_list . (identifier) @format .)
  (#eq? @function "printf")
  (#not-match? @format "^[A-Z0-9_]+$")
  (#not-match? @format "([fF]mt|[fF]ormat)$")) @finding

(call_expression
  function: (identifier) @function
  arguments: (argument_list . (_) . (identifier) @format .)
  (#any-of? @function "fprintf" "sprintf" "syslog")
  (#not-match? @format "^[A-Z0-9_]+$")
  (#not-match? @format "([fF]mt|[fF]ormat)$")) @finding
