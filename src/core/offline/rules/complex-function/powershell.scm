[(if_statement) (for_statement) (foreach_statement) (while_statement) (do_statement) (catch_clause)] @nesting
(switch_statement) @switch
(switch_clause) @case
(elseif_clause) @elseif
(else_clause) @else
(function_statement) @function
(script_block_expression) @inline
