(for_statement
  left: (identifier) @name
  body: (block (expression_statement (call
    function: (attribute attribute: (identifier) @method)
    arguments: (argument_list (lambda !parameters body: (_) @body) @finding))))
  (#any-of? @method "append" "add" "connect" "bind" "add_done_callback" "subscribe" "register" "after")
  (#set! check "uses-name"))

(for_statement
  left: (identifier) @name
  body: (block (expression_statement (assignment
    left: [(subscript) (attribute)]
    right: (lambda !parameters body: (_) @body) @finding)))
  (#set! check "uses-name"))

(for_statement
  left: (identifier) @name
  body: (block (expression_statement (call
    function: (_)
    arguments: (argument_list (keyword_argument
      name: (identifier) @method
      value: (lambda !parameters body: (_) @body) @finding)))))
  (#any-of? @method "command" "callback" "on_click" "handler")
  (#set! check "uses-name"))
