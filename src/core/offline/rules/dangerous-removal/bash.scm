(command
  name: (command_name) @name
  argument: [(concatenation) (string)] @finding
  (#eq? @name "rm")
  (#match? @finding "^\"?\\$(\\{[A-Za-z_][A-Za-z0-9_]*\\}|[A-Za-z_][A-Za-z0-9_]*)\"?/\\.?\\*?\"?$")
  (#set! check "recursive"))

; rm -rf $folder: words split, names with a blank become several
(command
  name: (command_name) @name
  argument: [(simple_expansion) (expansion) (concatenation)] @finding
  (#eq? @name "rm")
  (#match? @finding "^\\$(\\{[A-Za-z_][A-Za-z0-9_]*\\}|[A-Za-z_][A-Za-z0-9_]*)$")
  (#set! check "recursive")
  (#set! title "Removal splits an unquoted variable at blanks, one name becomes several")
  (#set! severity "info"))

(command
  name: (command_name) @sudo
  .
  argument: (word) @name
  argument: [(simple_expansion) (expansion) (concatenation) (string)] @finding
  (#eq? @sudo "sudo")
  (#eq? @name "rm")
  (#match? @finding "^(\\$(\\{\\w+\\}|\\w+)(/\\*?)?|\"\\$(\\{\\w+\\}|\\w+)\"?/\\*?\"?)$")
  (#set! check "recursive"))
