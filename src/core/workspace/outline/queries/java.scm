(package_declaration (_) @namespace)
(class_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(annotation_type_declaration name: (_) @name body: (_) @body) @definition.interface
(enum_declaration name: (_) @name) @definition.enum
(record_declaration name: (_) @name body: (_) @body) @definition.class
(method_declaration name: (_) @name body: (_)? @inside) @definition.method
(constructor_declaration name: (_) @name body: (_) @inside) @definition.method
(field_declaration declarator: (variable_declarator name: (_) @name value: (_)? @value)) @definition.field
(local_variable_declaration declarator: (variable_declarator name: (_) @local))
(formal_parameter name: (_) @local)
(lambda_expression body: (_) @inside)
(import_declaration (scoped_identifier) @import.source . ";")
(import_declaration (scoped_identifier name: (_) @import.self) @import.source . ";")
(import_declaration (_) @import.everything @import.source (asterisk))
(type_identifier) @reference
(identifier) @reference
(line_comment) @comment
(block_comment) @comment
(method_invocation name: (identifier) @property)
(field_access field: (identifier) @property)
