([
  (include_expression (_) @path)
  (include_once_expression (_) @path)
  (require_expression (_) @path)
  (require_once_expression (_) @path)
] @finding
  (#match? @path "\\$_(GET|POST|COOKIE|REQUEST)\\b")
  (#not-match? @path "^\\(?\\$\\w+\\[\\$_|basename\\("))
