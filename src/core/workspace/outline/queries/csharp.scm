(namespace_declaration name: (_) @namespace)
(file_scoped_namespace_declaration name: (_) @namespace)
(class_declaration name: (_) @name body: (_) @body) @definition.class
(struct_declaration name: (_) @name body: (_)? @body) @definition.struct
(record_declaration name: (_) @name body: (_)? @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(enum_declaration name: (_) @name) @definition.enum
(delegate_declaration name: (_) @name) @definition.type
(method_declaration name: (_) @name body: (_)? @inside) @definition.method
(constructor_declaration name: (_) @name body: (_)? @inside) @definition.method
(property_declaration name: (_) @name accessors: (_)? @inside value: (_)? @value) @definition.property
(field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition.field
(event_field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition.event
(local_declaration_statement (variable_declaration (variable_declarator name: (_) @local)))
(parameter name: (_) @local)
(lambda_expression body: (_) @inside)
(using_directive (qualified_name) @import.source @import.everything)
(using_directive (identifier) @import.source @import.everything .)
(identifier) @reference
(comment) @comment
(member_access_expression name: (_) @property)
