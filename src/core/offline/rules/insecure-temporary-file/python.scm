(call
  function: (attribute) @function
  (#eq? @function "tempfile.mktemp")) @finding
