((defer_statement) @finding
  (#match? @finding "^defer [^\\n{]*\\.(Close|Unlock|RUnlock|Stop|Release|Rollback|Done)\\(")
  (#set! check "in-loop"))
