(pipeline_chain
  (command command_name: (command_name) @download)
  (command command_name: (command_name) @shell)
  (#match? @download "^([Ii][Nn][Vv][Oo][Kk][Ee]-[Ww][Ee][Bb][Rr][Ee][Qq][Uu][Ee][Ss][Tt]|[Ii][Nn][Vv][Oo][Kk][Ee]-[Rr][Ee][Ss][Tt][Mm][Ee][Tt][Hh][Oo][Dd]|[Ii][Ww][Rr]|[Ii][Rr][Mm]|[Cc][Uu][Rr][Ll]|[Ww][Gg][Ee][Tt])$")
  (#match? @shell "^([Ii][Nn][Vv][Oo][Kk][Ee]-[Ee][Xx][Pp][Rr][Ee][Ss][Ss][Ii][Oo][Nn]|[Ii][Ee][Xx])$")) @finding

; iex (irm ...), iex ((New-Object Net.WebClient).DownloadString(...))
((command
  command_name: (command_name) @shell
  (command_elements) @what) @finding
  (#match? @shell "^([Ii][Nn][Vv][Oo][Kk][Ee]-[Ee][Xx][Pp][Rr][Ee][Ss][Ss][Ii][Oo][Nn]|[Ii][Ee][Xx])$")
  (#match? @what "\\.[Dd]ownload[Ss]tring\\(|\\(\\s*([Ii]nvoke-([Ww]eb[Rr]equest|[Rr]est[Mm]ethod)|iwr|irm|curl|wget)\\s"))

; (New-Object Net.WebClient).DownloadString(...) | iex
((pipeline_chain
  (command command_name: (command_name) @shell)) @finding
  (#match? @shell "^([Ii][Nn][Vv][Oo][Kk][Ee]-[Ee][Xx][Pp][Rr][Ee][Ss][Ss][Ii][Oo][Nn]|[Ii][Ee][Xx])$")
  (#match? @finding "^[^|]*\\.[Dd]ownload[Ss]tring\\([^|]*\\|\\s*\\S+\\s*$"))
