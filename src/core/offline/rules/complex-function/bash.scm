[(if_statement) (for_statement) (c_style_for_statement) (while_statement)] @nesting
(case_statement) @switch
(case_item) @case
(elif_clause) @elseif
(else_clause) @else
(list "&&") @and
(list "||") @or
(function_definition) @function
(command_name (word) @call)
