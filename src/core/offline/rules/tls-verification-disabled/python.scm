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

; `self` is a context of somebody's own making.
(assignment
  left: (attribute object: (_) @object attribute: (identifier) @name)
  right: (_) @value
  (#not-eq? @object "self")
  (#eq? @name "verify_mode")
  (#match? @value "^(ssl\\.CERT_NONE|CERT_NONE)$")) @finding

(assignment
  left: (attribute object: (_) @object attribute: (identifier) @name)
  right: (false)
  (#not-eq? @object "self")
  (#eq? @name "check_hostname")
  (#set! check "only-hostname")) @finding

(assignment
  left: (attribute object: (_) @object attribute: (identifier) @name)
  right: (false)
  (#eq? @name "verify")
  (#match? @object "(session|client|requests)$")) @finding

(assignment
  left: (_) @left
  right: (attribute) @right
  (#match? @left "_create_default_https_context$")
  (#match? @right "_create_unverified_context$")) @finding

(call
  function: [(identifier) @function (attribute attribute: (identifier) @function)]
  arguments: (argument_list (keyword_argument name: (identifier) @name value: (_) @value) @finding)
  (#any-of? @function "PoolManager" "HTTPSConnectionPool" "ProxyManager")
  (#eq? @name "cert_reqs")
  (#match? @value "CERT_NONE"))

(call
  function: [(identifier) @function (attribute attribute: (identifier) @function)]
  arguments: (argument_list (keyword_argument name: (identifier) @name value: (false)) @finding)
  (#eq? @function "TCPConnector")
  (#any-of? @name "ssl" "verify_ssl"))
