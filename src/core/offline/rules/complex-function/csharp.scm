[(if_statement) (conditional_expression)] @nesting
[(for_statement) (foreach_statement) (while_statement) (do_statement) (catch_clause)] @nesting
[(switch_statement) (switch_expression)] @switch
[(switch_section) (switch_expression_arm)] @case
(if_statement alternative: (if_statement) @elseif)
(if_statement alternative: [(block) (expression_statement) (return_statement) (throw_statement)] @else)
(binary_expression operator: "&&") @and
(binary_expression operator: "||") @or
(binary_expression operator: "??") @default
(goto_statement) @jump
[(method_declaration) (constructor_declaration) (local_function_statement) (accessor_declaration)] @function
[(lambda_expression) (anonymous_method_expression)] @inline
(invocation_expression function: (identifier) @call)
