(new_expression
  constructor: (identifier) @constructor
  arguments: (arguments . [(arrow_function "async") (function_expression "async")])
  (#eq? @constructor "Promise")) @finding
