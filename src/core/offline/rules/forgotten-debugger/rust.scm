(macro_invocation
  macro: (identifier) @macro
  (#eq? @macro "dbg")
  (#set! title "dbg! is left in, every call writes to standard error")
  (#set! severity "info")) @finding
