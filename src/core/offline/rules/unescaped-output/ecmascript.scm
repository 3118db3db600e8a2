(call_expression
  function: (member_expression object: (identifier) @object property: (property_identifier) @method)
  arguments: (arguments . [(template_string) (binary_expression)] @text .)
  (#any-of? @object "res" "response" "reply")
  (#any-of? @method "send" "write" "end")
  (#match? @text "<\\w")
  (#match? @text "[+{]\\s*(req|request)\\.(query|params|body)\\b")
  (#not-match? @text "escape|encode|sanitize|Number\\(|parseInt\\(")) @finding
