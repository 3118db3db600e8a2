(call_expression
  function: [(identifier) @function (member_expression property: (property_identifier) @function)]
  arguments: (arguments . (_) @path)
  (#any-of? @function "readFile" "readFileSync" "createReadStream" "writeFile" "writeFileSync" "createWriteStream" "unlink" "unlinkSync" "appendFile" "appendFileSync" "sendFile" "download" "rm" "rmSync")
  (#match? @path "^(req|request|ctx)\\.(query|params|body)\\b|^(path\\.)?(join|resolve)\\([^()]*\\b(req|request|ctx)\\.(query|params|body)\\b|[+{]\\s*(req|request|ctx)\\.(query|params|body)\\b")
  (#not-match? @path "basename|sanitize|normalize|Number\\(|parseInt\\(|^\\{")) @finding
