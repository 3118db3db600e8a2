(call_expression
  function: (member_expression property: (property_identifier) @method)
  arguments: (arguments . (_) @callback .)
  (#any-of? @method "map" "flatMap")
  (#any-of? @callback "parseInt" "Number.parseInt")) @finding
