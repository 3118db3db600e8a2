(debugger_statement) @finding
