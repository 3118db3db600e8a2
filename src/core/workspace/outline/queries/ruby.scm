(module name: (_) @name body: (_)? @body) @definition.module
(class name: (_) @name superclass: (_)? body: (_)? @body) @definition.class
(method name: (_) @name body: (_)? @inside) @definition.method
(singleton_method name: (_) @name body: (_)? @inside) @definition.method
(assignment left: (constant) @name right: (_) @value) @definition.constant
(assignment left: (identifier) @local)
(method_parameters (identifier) @local)
(block_parameters (identifier) @local)
((call method: (identifier) @_require arguments: (argument_list (string) @import.source @import.everything)) (#any-of? @_require "require" "require_relative" "load"))
(constant) @reference
(identifier) @reference
(comment) @comment
(call method: (identifier) @property)
