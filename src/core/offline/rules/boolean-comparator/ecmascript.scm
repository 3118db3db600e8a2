(call_expression
  function: (member_expression property: (property_identifier) @method)
  arguments: (arguments . (arrow_function body: (binary_expression operator: [">" "<" ">=" "<="])) @finding .)
  (#any-of? @method "sort" "toSorted"))
