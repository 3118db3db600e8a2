((if_statement alternative: (_)) @chain (#set! check "repeated-condition"))

((switch_statement body: (switch_body) @cases)
  (#set! title "Case is listed twice, the second one never runs")
  (#set! check "repeated-case"))
