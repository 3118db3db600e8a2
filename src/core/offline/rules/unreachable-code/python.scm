((_ [(return_statement) (raise_statement) (break_statement) (continue_statement)] @jump . (_))
  (#set! check "after-jump"))
