(call_expression
  function: (member_expression property: (property_identifier) @method)
  arguments: (arguments . [(arrow_function "async") (function_expression "async")] @callback)
  (#eq? @method "forEach")
  (#match? @callback "\\bawait\\b")) @finding
