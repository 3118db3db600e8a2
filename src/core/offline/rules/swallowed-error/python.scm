(try_statement
  body: (block) @try
  (except_clause
    .
    (block . (pass_statement) .)) @finding
  (#match? @finding "^except\\s*:")
  (#set! check "not-cleanup no-comment"))

(try_statement
  body: (block) @try
  (except_clause
    value: [
      (identifier) @type
      (as_pattern . (identifier) @type)
    ]
    (block . (pass_statement) .)) @finding
  (#any-of? @type "Exception" "BaseException")
  (#set! check "not-cleanup no-comment"))
