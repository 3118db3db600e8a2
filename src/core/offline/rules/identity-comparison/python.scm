(comparison_operator
  operators: _ @operator
  [(string) (list) (dictionary) (tuple) (set)] @literal
  (#any-of? @operator "is" "is not")
  (#not-eq? @literal "()")) @finding

(comparison_operator
  operators: _ @operator
  [(integer) (float)] @literal
  (#any-of? @operator "is" "is not")) @finding
