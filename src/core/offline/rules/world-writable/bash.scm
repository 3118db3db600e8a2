(command
  name: (command_name) @name
  argument: [(number) (word)] @mode
  (#eq? @name "chmod")
  (#match? @mode "^0?[67]{2}[2367]$")) @finding
