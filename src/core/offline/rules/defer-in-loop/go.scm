((defer_statement) @finding
  (#match? @finding "^defer \\w+(\\.\\w+)*\\.(Close|Unlock|RUnlock|Stop|Release|Rollback|Done)\\(")
  (#set! check "in-loop"))
