([
  (default_parameter
    name: (identifier) @name
    value: [(list) (dictionary) (set) (call function: (identifier) @type)] @value)
  (typed_default_parameter
    name: (identifier) @name
    value: [(list) (dictionary) (set) (call function: (identifier) @type)] @value)
] @finding
  (#match? @value "^([\\[{]|(list|dict|set|defaultdict|OrderedDict|deque)\\()")
  (#set! check "mutates-parameter"))
