(command
  command_name: (command_name) @name
  command_elements: (command_elements) @elements
  (#match? @name "^([Ii][Nn][Vv][Oo][Kk][Ee]-[Ee][Xx][Pp][Rr][Ee][Ss][Ss][Ii][Oo][Nn]|[Ii][Ee][Xx])$")
  (#match? @elements "\\$")) @finding
