(call
  function: (attribute) @function
  arguments: (argument_list . [
    (string) (binary_operator)
    (call function: (attribute attribute: (identifier) @format))
  ] @text)
  (#any-of? @function "os.system" "os.popen" "commands.getoutput" "subprocess.getoutput" "subprocess.getstatusoutput")
  (#eq? @format "format")
  (#set! check "composed")) @finding

(call
  function: (attribute) @function
  arguments: (argument_list . [
    (string) (binary_operator)
    (call function: (attribute attribute: (identifier) @format))
  ] @text
    (keyword_argument name: (identifier) @shell value: (true)))
  (#match? @function "^subprocess\\.(run|call|check_call|check_output|Popen)$")
  (#eq? @shell "shell")
  (#eq? @format "format")
  (#set! check "composed")) @finding
