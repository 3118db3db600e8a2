(expression_statement
  (assignment_expression
    left: [(identifier) (member_expression)] @a
    right: (_) @b
    (#not-match? @a "location|\\.(src|href|innerHTML|outerHTML|value|className|length|currentTime|checked|scrollTop|display|width|height)$")
    (#set! check "same-expression pure")) @finding)

; A property of the page or of a player does something when it is set.
(expression_statement
  (assignment_expression
    left: (member_expression) @a
    right: (_) @b
    (#not-match? @a "location")
    (#match? @a "\\.(src|href|innerHTML|outerHTML|value|className|length|currentTime|checked|scrollTop|display|width|height)$")
    (#set! severity "info")
    (#set! check "same-expression pure")) @finding)
