(binary_expression
  left: (function_call_expression function: (name) @function)
  operator: ["==" "!="]
  (#any-of? @function "md5" "sha1" "hash" "crypt" "hash_hmac" "md5_file" "sha1_file")) @finding

(binary_expression
  operator: ["==" "!="]
  right: (function_call_expression function: (name) @function)
  (#any-of? @function "md5" "sha1" "hash" "crypt" "hash_hmac" "md5_file" "sha1_file")) @finding
