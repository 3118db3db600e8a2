(required_parameter value: (_) @path)
(optional_parameter value: (_) @path)
(call_expression "?.") @path
