(expression_statement
  (call_expression
    function: (member_expression object: (identifier) @object property: (property_identifier) @method)
    arguments: (arguments . (string (string_fragment) @text))) @finding
  (#eq? @object "console")
  (#any-of? @method "log" "debug" "info" "warn" "error")
  (#match? @text "^\\W*([hH]ere+|HERE+|got here|GOT HERE|asdf+|ASDF|qwerty|xxx+|XXX+|aaa+|zzz+|foo|wtf|WTF|blah|DEBUG|test(ing)? ?\\d+|hello? \\d+)\\s*\\d*\\W*$"))
