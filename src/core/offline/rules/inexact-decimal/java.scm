(object_creation_expression
  type: (type_identifier) @type
  arguments: (argument_list . (decimal_floating_point_literal) @value .)
  (#eq? @type "BigDecimal")
  (#not-match? @value "^[0-9]+\\.(0*|5|25|75|125)[dDfF]?$")) @finding
