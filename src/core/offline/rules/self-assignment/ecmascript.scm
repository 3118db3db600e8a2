(expression_statement
  (assignment_expression
    left: [(identifier) (member_expression)] @a
    right: (_) @b
    ; A property of the page or of a player does something when it is set.
    (#not-match? @a "location|\\.(src|href|innerHTML|outerHTML|value|className|length|currentTime|checked|scrollTop|display|width|height)$")
    (#set! check "same-expression pure")) @finding)
