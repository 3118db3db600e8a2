(comparison_operator
  operators: _ @operator
  (_) @nan .
  (#any-of? @operator "==" "!=")
  (#match? @nan "^((np|numpy|math)\\.(nan|NaN)|float\\([\"']nan[\"']\\))$")) @finding
