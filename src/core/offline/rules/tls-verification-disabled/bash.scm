(command
  name: (command_name) @name
  argument: (word) @option
  (#any-of? @name "curl" "wget")
  (#any-of? @option "--insecure" "--no-check-certificate" "-k" "-sk" "-ks" "-skL" "-kL" "-Lk" "-ksL")) @finding
