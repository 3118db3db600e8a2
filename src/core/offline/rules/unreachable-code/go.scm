((_ [(return_statement) (break_statement) (continue_statement)] @jump . (_))
  (#set! check "after-jump"))
