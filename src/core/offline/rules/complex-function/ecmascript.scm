[(if_statement) (ternary_expression)] @nesting
[(for_statement) (for_in_statement) (while_statement) (do_statement) (catch_clause)] @nesting
(switch_statement) @switch
(switch_case) @case
(else_clause (if_statement) @elseif)
(else_clause [(statement_block) (expression_statement) (return_statement) (throw_statement)] @else)
(binary_expression operator: "&&") @and
(binary_expression operator: "||") @or
(binary_expression operator: "??") @coalesce
(break_statement label: (_)) @jump
(continue_statement label: (_)) @jump
[(function_declaration) (generator_function_declaration) (method_definition)] @function
[(arrow_function) (function_expression) (generator_function)] @inline
