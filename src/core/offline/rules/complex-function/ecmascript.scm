; Conditions are read at the level of their statement: only what they lead to lies deeper.
(if_statement consequence: (_) @level) @branch
(else_clause (if_statement) @elseif)
(else_clause (statement) @else @level)
(ternary_expression consequence: (_) @level alternative: (_) @level) @branch
[(for_statement body: (_) @level) (for_in_statement body: (_) @level)] @branch
[(while_statement body: (_) @level) (do_statement body: (_) @level)] @branch
(catch_clause body: (_) @level) @branch
(switch_statement) @choice
(switch_case) @case @level
(switch_default) @level
(binary_expression operator: "&&") @and
; Mostly a default value, and free in SonarSource's own analyser for the language.
(binary_expression operator: ["||" "??"]) @default
(augmented_assignment_expression operator: ["&&=" "||=" "??="]) @path
[(assignment_pattern) (object_assignment_pattern)] @path
(optional_chain) @path
(break_statement label: (_)) @jump
(continue_statement label: (_)) @jump
[(function_declaration) (generator_function_declaration) (method_definition)] @function
[(arrow_function) (function_expression) (generator_function)] @function
