((if_expression alternative: (else_clause)) @chain (#set! check "repeated-condition"))
