; Not in every parent: after `if (a) return;` comes an else, after `do return; while (b)` a condition.
((statement_block [(return_statement) (throw_statement) (break_statement) (continue_statement)] @jump . (_))
  (#set! check "after-jump"))
((program [(throw_statement)] @jump . (_))
  (#set! check "after-jump"))
((switch_case body: [(return_statement) (throw_statement) (break_statement) (continue_statement)] @jump . (_))
  (#set! check "after-jump"))
((switch_default body: [(return_statement) (throw_statement) (break_statement) (continue_statement)] @jump . (_))
  (#set! check "after-jump"))
