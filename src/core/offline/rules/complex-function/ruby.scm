[(if) (unless) (if_modifier) (unless_modifier) (conditional)] @nesting
[(while) (until) (for) (while_modifier) (until_modifier) (rescue)] @nesting
[(case) (case_match)] @switch
[(when) (in_clause)] @case
(elsif) @elseif
[(if alternative: (else) @else) (unless alternative: (else) @else) (elsif alternative: (else) @else)]
(binary operator: ["&&" "and"]) @and
(binary operator: ["||" "or"]) @or
[(method) (singleton_method)] @function
[(block) (do_block) (lambda)] @inline
(call !receiver method: (identifier) @call)
