[(if_statement) (conditional_expression)] @nesting
[(for_statement) (for_range_loop) (while_statement) (do_statement) (catch_clause)] @nesting
(switch_statement) @switch
(case_statement value: (_)) @case
(else_clause (if_statement) @elseif)
(else_clause [(compound_statement) (expression_statement) (return_statement)] @else)
(binary_expression operator: "&&") @and
(binary_expression operator: "||") @or
(goto_statement) @jump
(function_definition) @function
(lambda_expression) @inline
(call_expression function: (identifier) @call)
