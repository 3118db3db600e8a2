(function_call_expression
  function: (name) @function
  arguments: (arguments . (argument) @path)
  (#any-of? @function "file_get_contents" "readfile" "fopen" "unlink" "file" "file_put_contents" "rmdir" "copy")
  (#match? @path "\\$_(GET|POST|REQUEST|COOKIE)\\b")
  (#not-match? @path "basename\\(|intval\\(|\\(int\\)|realpath\\(")) @finding
