(rescue
  exceptions: (exceptions . (constant) @type .)
  (#eq? @type "Exception")
  (#not-match? @finding "\\b(raise|exit!?|abort|throw|fail)\\b")) @finding
