(function_definition name: (_) @name body: (_) @inside) @definition.function
(variable_assignment name: (variable_name) @name value: (_)? @value) @definition.variable
((command name: (command_name) @_source . argument: (_) @import.source @import.everything) (#any-of? @_source "source" "."))
(command_name (word) @reference)
(variable_name) @reference
(comment) @comment
