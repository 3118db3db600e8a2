(raise_statement [
  (identifier) @name
  (call function: (identifier) @name)
]
  (#eq? @name "NotImplemented")) @finding
