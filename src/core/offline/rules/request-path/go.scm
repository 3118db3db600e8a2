(call_expression
  function: (selector_expression) @function
  arguments: (argument_list (_) @path)
  (#any-of? @function "os.Open" "os.ReadFile" "os.Remove" "os.RemoveAll" "os.Create" "os.WriteFile" "http.ServeFile" "ioutil.ReadFile" "c.File")
  (#match? @path "\\.(URL\\.Query\\(\\)\\.Get|FormValue|PathValue|PostFormValue|Query|Param)\\(\"")
  (#not-match? @path "filepath\\.Base\\(|filepath\\.IsLocal")) @finding
