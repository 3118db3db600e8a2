(command
  name: (command_name) @name
  argument: (word) @option
  argument: [(concatenation) (string)] @finding
  (#eq? @name "rm")
  (#match? @option "^-[a-zA-Z]*[rR]")
  (#match? @finding "^\"?\\$(\\{[A-Za-z_][A-Za-z0-9_]*\\}|[A-Za-z_][A-Za-z0-9_]*)\"?/\\.?\\*?\"?$"))
