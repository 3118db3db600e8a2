(command
  command_name: (command_name) @name
  command_elements: (command_elements) @elements
  (#match? @name "^[Cc][Oo][Nn][Vv][Ee][Rr][Tt][Tt][Oo]-[Ss][Ee][Cc][Uu][Rr][Ee][Ss][Tt][Rr][Ii][Nn][Gg]$")
  (#match? @elements "-[Aa][Ss][Pp][Ll][Aa][Ii][Nn][Tt][Ee][Xx][Tt]")
  (#match? @elements "^\\s*(-[Ss][Tt][Rr][Ii][Nn][Gg]\\s+)?(\"[^\"$]+\"|'[^']+')")) @finding
