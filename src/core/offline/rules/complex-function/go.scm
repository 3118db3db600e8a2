(if_statement) @nesting
(for_statement) @nesting
[(expression_switch_statement) (type_switch_statement) (select_statement)] @switch
[(expression_case) (type_case) (communication_case)] @case
(if_statement alternative: (if_statement) @elseif)
(if_statement alternative: (block) @else)
(binary_expression operator: "&&") @and
(binary_expression operator: "||") @or
(break_statement (label_name)) @jump
(continue_statement (label_name)) @jump
(goto_statement) @jump
[(function_declaration) (method_declaration)] @function
(func_literal) @inline
(call_expression function: (identifier) @call)
