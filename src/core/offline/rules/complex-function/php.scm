[(if_statement) (conditional_expression)] @nesting
[(for_statement) (foreach_statement) (while_statement) (do_statement) (catch_clause)] @nesting
[(switch_statement) (match_expression)] @switch
[(case_statement) (match_conditional_expression)] @case
(else_if_clause) @elseif
(else_clause (if_statement) @elseif)
(else_clause [(compound_statement) (expression_statement) (return_statement)] @else)
(binary_expression operator: ["&&" "and"]) @and
(binary_expression operator: ["||" "or"]) @or
(binary_expression operator: "??") @default
(break_statement (integer)) @jump
(continue_statement (integer)) @jump
(goto_statement) @jump
[(function_definition) (method_declaration)] @function
[(anonymous_function) (arrow_function)] @inline
(function_call_expression function: (name) @call)
