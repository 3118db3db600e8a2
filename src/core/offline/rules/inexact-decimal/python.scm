(call
  function: [(identifier) (attribute)] @function
  arguments: (argument_list . (float) @value .)
  (#any-of? @function "Decimal" "decimal.Decimal")
  (#not-match? @value "^[0-9]+\\.(0*|5|25|75|125)$")) @finding
