(comparison_operator
  operators: ["is" "is not"]
  [(string) (list) (dictionary) (tuple) (set)] @literal
  (#not-eq? @literal "()")) @finding

(comparison_operator
  operators: ["is" "is not"]
  [(integer) (float)] @literal) @finding
