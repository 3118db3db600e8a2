((object) @object (#set! check "repeated-key"))
