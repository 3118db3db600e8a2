(call_expression
  function: (member_expression object: (_) @object property: (property_identifier) @method)
  arguments: (arguments . [(arrow_function "async") (function_expression "async")] @finding)
  (#any-of? @method "filter" "find" "findIndex" "findLast" "findLastIndex" "some" "every" "sort" "toSorted")
  (#not-match? @object "^(async|cy|page|this\\.page|Readable|stream|\\w*[sS]tream|\\w*[qQ]uery|db|prisma)\\b|Readable\\.from|\\.(readable|stream|values)\\(|[iI]terator|AsyncIterable|locator"))
