((compound_statement [(return_statement) (throw_statement) (break_statement) (continue_statement)] @jump . (_))
  (#set! check "after-jump"))
