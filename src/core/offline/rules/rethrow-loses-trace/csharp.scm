(catch_clause
  (catch_declaration name: (identifier) @a)
  body: (block (throw_statement (identifier) @b) @finding)
  (#set! check "same-expression"))
