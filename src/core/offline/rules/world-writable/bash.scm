(command
  name: (command_name) @name
  argument: [(number) (word)] @mode
  (#eq? @name "chmod")
  (#match? @mode "^0?[67]{2}[2367]$")) @finding

(command
  name: (command_name) @outer
  argument: (word) @name
  .
  argument: [(number) (word)] @mode
  (#any-of? @outer "sudo" "find" "xargs")
  (#eq? @name "chmod")
  (#match? @mode "^0?[67]{2}[2367]$")) @finding

(command
  name: (command_name) @name
  argument: (word) @option
  .
  argument: [(number) (word)] @mode
  (#any-of? @name "install" "mkdir")
  (#eq? @option "-m")
  (#match? @mode "^0?[67]{2}[2367]$")) @finding
