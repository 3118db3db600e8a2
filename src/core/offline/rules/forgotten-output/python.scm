((expression_statement .
  (call
    function: (identifier) @function
    arguments: (argument_list . (string (string_content) @text))) @finding .)
  (#eq? @function "print")
  (#match? @text "^\\W*([hH]ere+|HERE+|got here|GOT HERE|asdf+|ASDF|qwerty|xxx+|XXX+|aaa+|zzz+|foo|wtf|WTF|blah|DEBUG|test(ing)? ?\\d+|hello? \\d+)\\s*\\d*\\W*$"))
