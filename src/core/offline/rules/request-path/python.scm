(call
  function: [(identifier) @function (attribute) @function]
  arguments: (argument_list . (_) @path)
  (#any-of? @function "open" "send_file" "os.remove" "os.unlink" "shutil.rmtree" "flask.send_file" "FileResponse")
  (#match? @path "\\b(flask\\.)?request\\.(args|form|values|json|GET|POST|files|cookies|query_params)\\b")
  (#not-match? @path "secure_filename|basename|safe_join|int\\(|\\.read\\(|^request\\.files")) @finding
