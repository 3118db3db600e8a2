[(if_statement) (ternary_expression)] @nesting
[(for_statement) (enhanced_for_statement) (while_statement) (do_statement) (catch_clause)] @nesting
(switch_expression) @switch
(switch_label) @case
(if_statement alternative: (if_statement) @elseif)
(if_statement alternative: [(block) (expression_statement) (return_statement) (throw_statement)] @else)
(binary_expression operator: "&&") @and
(binary_expression operator: "||") @or
(break_statement (identifier)) @jump
(continue_statement (identifier)) @jump
[(method_declaration) (constructor_declaration)] @function
(lambda_expression) @inline
(method_invocation !object name: (identifier) @call)
