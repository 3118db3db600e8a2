(comparison_operator
  operators: ["is" "is not"]
  [(string) (integer) (float) (list) (dictionary) (tuple) (set)] @literal
  (#not-eq? @literal "()")) @finding
