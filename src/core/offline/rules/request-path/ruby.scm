((call
  receiver: (constant) @receiver
  method: (identifier) @function
  arguments: (argument_list . (_) @path)) @finding
  (#any-of? @receiver "File" "IO" "FileUtils" "Dir")
  (#any-of? @function "read" "open" "new" "delete" "unlink" "readlines" "write" "rm" "rm_rf" "rm_r" "glob")
  (#match? @path "\\bparams(\\[|\\.fetch)")
  (#not-match? @path "basename|to_i\\b"))

(call
  !receiver
  method: (identifier) @function
  arguments: (argument_list . (_) @path)
  (#eq? @function "send_file")
  (#match? @path "\\bparams(\\[|\\.fetch)")
  (#not-match? @path "basename|to_i\\b")) @finding
