; if err != nil {}
(if_statement
  condition: (binary_expression
    left: (identifier) @name
    operator: "!="
    right: (nil))
  consequence: (block) @body
  (#match? @name "^(err|[a-z]\\w*Err)$")
  (#match? @body "^\\{\\s*\\}$")
  (#set! check "no-comment not-test")) @finding

; value, _ := strconv.Atoi(text)
(short_var_declaration
  left: (expression_list (_) (identifier) @blank .)
  right: (expression_list . (call_expression
    function: (selector_expression) @function
    arguments: (argument_list) @arguments) .)
  (#eq? @blank "_")
  (#match? @arguments "[(,]\\s*[A-Za-z_]")
  (#match? @function "^(os\\.(Open|OpenFile|Create|ReadFile|ReadDir)|ioutil\\.(ReadFile|ReadDir)|http\\.(NewRequest|Get|Post)|url\\.Parse|hex\\.DecodeString|base64\\.\\w+\\.DecodeString|sql\\.Open)$")
  (#set! title "Error result is thrown away, a failed call passes for an empty value")
  (#set! check "no-comment not-test")) @finding

; _ = json.Unmarshal(data, &value)
(assignment_statement
  left: (expression_list . (identifier) @blank .)
  right: (expression_list . (call_expression function: (selector_expression) @function) .)
  (#eq? @blank "_")
  (#match? @function "^(json\\.Unmarshal|xml\\.Unmarshal|yaml\\.Unmarshal|toml\\.Unmarshal|os\\.(WriteFile|MkdirAll|Mkdir|Rename|Chmod)|ioutil\\.WriteFile|binary\\.Read|rand\\.Read)$")
  (#set! title "Error result is thrown away, a failed call passes for success")
  (#set! check "no-comment not-test")) @finding
