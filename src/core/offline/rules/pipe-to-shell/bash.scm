(pipeline
  (command name: (command_name) @download)
  .
  (command) @shell .
  (#any-of? @download "curl" "wget")
  (#match? @shell "^(sudo\\s+(-\\S+\\s+)*)?((/usr)?/bin/)?(sh|bash|zsh|dash|ksh)(\\s+-[a-zA-Z]*)*(\\s+--?(\\s.*)?)?$")) @finding

(command
  name: (command_name) @shell
  argument: (string (command_substitution (command name: (command_name) @download)))
  (#any-of? @shell "sh" "bash" "zsh")
  (#any-of? @download "curl" "wget")) @finding

; bash <(curl ...), source <(curl ...)
(command
  name: (command_name) @shell
  argument: (process_substitution (command name: (command_name) @download))
  (#any-of? @shell "sh" "bash" "zsh" "source" ".")
  (#any-of? @download "curl" "wget")) @finding

; eval "$(curl ...)"
(command
  name: (command_name) @shell
  argument: [
    (string (command_substitution (command name: (command_name) @download)))
    (command_substitution (command name: (command_name) @download))
  ]
  (#eq? @shell "eval")
  (#any-of? @download "curl" "wget")) @finding
