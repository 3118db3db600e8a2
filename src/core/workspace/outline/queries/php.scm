(namespace_definition name: (_) @namespace)
(class_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(trait_declaration name: (_) @name body: (_) @body) @definition.trait
(enum_declaration name: (_) @name) @definition.enum
(method_declaration name: (_) @name body: (_)? @inside) @definition.method
(function_definition name: (_) @name body: (_) @inside) @definition.function
(const_declaration (const_element . (name) @name)) @definition.constant
(property_declaration (property_element name: (variable_name (name) @name))) @definition.property
(namespace_use_declaration (namespace_use_clause (qualified_name (name) @import.self) @import.source !alias))
(namespace_use_declaration (namespace_use_clause (qualified_name) @import.source alias: (name) @import.all))
(namespace_use_declaration (namespace_name) @import.prefix body: (namespace_use_group (namespace_use_clause (_) @import.source @import.self !alias)))
(namespace_use_declaration (namespace_name) @import.prefix body: (namespace_use_group (namespace_use_clause . (_) @import.source alias: (name) @import.all)))
(require_expression (string) @import.source @import.everything)
(require_once_expression (string) @import.source @import.everything)
(include_expression (string) @import.source @import.everything)
(include_once_expression (string) @import.source @import.everything)
(require_expression (binary_expression right: (string) @import.source @import.everything))
(require_once_expression (binary_expression right: (string) @import.source @import.everything))
(name) @reference
(comment) @comment
(member_call_expression name: (name) @property)
(member_access_expression name: (name) @property)
(scoped_call_expression name: (name) @property)
