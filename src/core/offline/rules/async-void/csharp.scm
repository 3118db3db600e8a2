(method_declaration
  (modifier) @async
  returns: (predefined_type) @type
  name: (identifier) @finding
  parameters: (parameter_list) @parameters
  body: (_) @body
  (#eq? @async "async")
  (#eq? @type "void")
  (#not-match? @parameters "EventArgs|\\bobject\\b|\\bObject\\b|\\bsender\\b")
  (#not-match? @finding "^On[A-Z]|_|Handler$|Execute")
  (#set! raised "warning when risks-error"))
