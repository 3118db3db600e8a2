((if_statement alternative: (if_statement)) @chain (#set! check "repeated-condition"))
