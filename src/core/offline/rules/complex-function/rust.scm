(if_expression) @nesting
[(for_expression) (while_expression) (loop_expression)] @nesting
(match_expression) @switch
(match_arm) @case
(else_clause (if_expression) @elseif)
(else_clause (block) @else)
(binary_expression operator: "&&") @and
(binary_expression operator: "||") @or
(break_expression (label)) @jump
(continue_expression (label)) @jump
(function_item) @function
(closure_expression) @inline
(call_expression function: (identifier) @call)
