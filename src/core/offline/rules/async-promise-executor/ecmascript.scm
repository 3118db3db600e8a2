(new_expression
  constructor: (identifier) @constructor
  arguments: (arguments . [
    (arrow_function "async" body: (_) @body)
    (function_expression "async" body: (_) @body)
  ])
  (#eq? @constructor "Promise")
  (#set! check "not-wholly-tried")) @finding
