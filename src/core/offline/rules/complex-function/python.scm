[(if_statement) (conditional_expression)] @nesting
[(for_statement) (while_statement) (except_clause)] @nesting
(match_statement) @switch
(case_clause) @case
(elif_clause) @elseif
(else_clause) @else
(boolean_operator operator: "and") @and
(boolean_operator operator: "or") @or
(function_definition) @function
(lambda) @inline
(call function: (identifier) @call)
