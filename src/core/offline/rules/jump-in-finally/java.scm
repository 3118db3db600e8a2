((finally_clause) @finding (#set! check "leaves-finally"))
