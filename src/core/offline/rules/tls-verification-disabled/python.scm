(call
  function: (attribute object: (_) @object attribute: (identifier) @method)
  arguments: (argument_list
    (keyword_argument name: (identifier) @name value: (false)) @finding)
  (#eq? @name "verify")
  (#any-of? @method "get" "post" "put" "patch" "delete" "head" "options" "request" "send" "Client" "AsyncClient" "Session" "stream")
  (#match? @object "(requests|httpx|session|client|http|sess|^s$)"))

(call
  function: [(identifier) @function (attribute attribute: (identifier) @function)]
  (#any-of? @function "_create_unverified_context" "_create_unverified_https_context")) @finding

(assignment
  left: (attribute attribute: (identifier) @name)
  right: (_) @value
  (#any-of? @name "verify_mode" "check_hostname")
  (#match? @value "^(ssl\\.CERT_NONE|CERT_NONE|False)$")) @finding

(assignment
  left: (attribute object: (_) @object attribute: (identifier) @name)
  right: (false)
  (#eq? @name "verify")
  (#match? @object "(session|client|requests)$")) @finding
