((dictionary) @object (#set! check "repeated-key"))
