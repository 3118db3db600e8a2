(command
  name: (command_name) @name
  argument: (word) @option
  (#any-of? @name "curl" "wget")
  (#match? @option "^(--insecure|--no-check-certificate|-[fgsSLlnOJvi]*k[fgsSLlnOJvi]*)$")) @finding

(command
  name: (command_name) @name
  argument: [(word) (concatenation)] @option
  (#eq? @name "git")
  (#match? @option "^http\\.sslVerify=(false|0)$")) @finding

(command
  name: (command_name) @name
  argument: (word) @option
  .
  argument: [(word) (number)] @value
  (#any-of? @name "git" "npm" "yarn" "pnpm")
  (#any-of? @option "http.sslVerify" "strict-ssl")
  (#any-of? @value "false" "0")) @finding

(variable_assignment
  name: (variable_name) @name
  value: (_) @value
  (#any-of? @name "GIT_SSL_NO_VERIFY" "NODE_TLS_REJECT_UNAUTHORIZED" "PYTHONHTTPSVERIFY")
  (#match? @value "^(true|1|0)$")
  (#not-match? @finding "^(NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)=(1|true)|^GIT_SSL_NO_VERIFY=0")) @finding
