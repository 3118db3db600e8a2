(comparison_operator
  operators: ["==" "!="]
  (_) @nan .
  (#match? @nan "^((np|numpy|math)\\.(nan|NaN)|float\\([\"']nan[\"']\\))$")) @finding
