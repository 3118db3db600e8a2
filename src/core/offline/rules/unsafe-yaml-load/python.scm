; A loader of one's own mostly is a safe one under another name.
((call
    function: (attribute) @function
    arguments: (argument_list) @arguments) @finding
  (#any-of? @function "yaml.load" "yaml.load_all")
  (#not-match? @arguments "(^|[^n])[sS]afe|Base|Full|typ=|Loader=[a-z_]+[,)]")
  (#set! check "pyyaml-loader"))
