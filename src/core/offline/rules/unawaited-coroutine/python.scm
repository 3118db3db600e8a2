((expression_statement .
  (call function: (attribute object: (identifier) @module attribute: (identifier) @function)) @finding .)
  (#eq? @module "asyncio")
  (#any-of? @function "sleep" "wait_for" "wait" "to_thread" "open_connection" "start_server" "create_subprocess_exec" "create_subprocess_shell"))
