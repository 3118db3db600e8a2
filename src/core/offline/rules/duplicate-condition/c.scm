((if_statement) @chain (#set! check "repeated-condition"))
