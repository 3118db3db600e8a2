(pipeline_chain
  (command command_name: (command_name) @download)
  (command command_name: (command_name) @shell)
  (#match? @download "^([Ii][Nn][Vv][Oo][Kk][Ee]-[Ww][Ee][Bb][Rr][Ee][Qq][Uu][Ee][Ss][Tt]|[Ii][Nn][Vv][Oo][Kk][Ee]-[Rr][Ee][Ss][Tt][Mm][Ee][Tt][Hh][Oo][Dd]|[Ii][Ww][Rr]|[Ii][Rr][Mm]|[Cc][Uu][Rr][Ll]|[Ww][Gg][Ee][Tt])$")
  (#match? @shell "^([Ii][Nn][Vv][Oo][Kk][Ee]-[Ee][Xx][Pp][Rr][Ee][Ss][Ss][Ii][Oo][Nn]|[Ii][Ee][Xx])$")) @finding
