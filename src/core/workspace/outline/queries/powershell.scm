(function_statement (function_name) @name (script_block) @inside) @definition.function
(class_statement . (simple_name) @name) @definition.class
(class_method_definition (simple_name) @name (script_block)? @inside) @definition.method
(enum_statement . (simple_name) @name) @definition.enum
((command command_name: (command_name) @_using command_elements: (command_elements (generic_token) @import.source @import.everything .)) (#match? @_using "^(?i:using|import-module)$"))
(command (command_invokation_operator) @_dot command_name: (_) @import.source @import.everything (#eq? @_dot "."))
(command_name) @reference
(comment) @comment
