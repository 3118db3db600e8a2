((if_statement alternative: (elif_clause)) @chain (#set! check "repeated-condition"))
