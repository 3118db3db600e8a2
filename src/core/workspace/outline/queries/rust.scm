(function_item name: (_) @name body: (_) @inside) @definition.function
(function_signature_item name: (_) @name) @definition.function
(struct_item name: (_) @name) @definition.struct
(enum_item name: (_) @name) @definition.enum
(union_item name: (_) @name) @definition.struct
(trait_item name: (_) @name body: (_) @body) @definition.trait
(impl_item type: (_) @name body: (_) @body) @definition.implementation
(type_item name: (_) @name) @definition.type
(const_item name: (_) @name value: (_)? @value) @definition.constant
(static_item name: (_) @name value: (_)? @value) @definition.variable
(macro_definition name: (_) @name (macro_rule) @body) @definition.macro
(mod_item name: (_) @name body: (_) @body) @definition.module
(mod_item name: (_) @import.all @import.module !body)
(use_declaration argument: (_) @import.tree)
(closure_expression body: (_) @inside)
(parameter pattern: (identifier) @local)
(let_declaration pattern: (identifier) @local)
(scoped_identifier path: (identifier) @member.object name: (identifier) @member.name)
(scoped_type_identifier path: (identifier) @member.object name: (type_identifier) @member.name)
(identifier) @reference
(type_identifier) @reference
(line_comment) @comment
(block_comment) @comment
(field_expression field: (field_identifier) @property)
(scoped_identifier name: (identifier) @property)
