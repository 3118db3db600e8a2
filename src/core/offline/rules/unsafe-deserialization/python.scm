(call
  function: (attribute) @function
  arguments: (argument_list . (_) @value)
  (#any-of? @function "pickle.loads" "marshal.loads" "dill.loads" "cPickle.loads")
  (#match? @value "\\brequest\\.|\\.recv\\(|\\bcookies\\b")) @finding
