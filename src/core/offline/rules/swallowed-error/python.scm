(try_statement
  body: (block) @try
  (except_clause
    .
    (block . [(pass_statement) (expression_statement (ellipsis))] .)) @finding
  (#match? @finding "^except\\s*:")
  (#set! check "not-cleanup no-comment not-explained no-fallback not-test"))

(try_statement
  body: (block) @try
  (except_clause
    value: [
      (identifier) @type
      (as_pattern . (identifier) @type)
    ]
    (block . [(pass_statement) (expression_statement (ellipsis))] .)) @finding
  (#any-of? @type "Exception" "BaseException")
  (#set! check "not-cleanup no-comment not-explained no-fallback not-test"))
