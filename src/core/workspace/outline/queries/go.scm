(package_clause (package_identifier) @namespace)
(function_declaration name: (identifier) @name body: (_)? @inside) @definition.function
(method_declaration receiver: (_) @receiver name: (_) @name body: (_)? @inside) @definition.method
(type_spec name: (_) @name) @definition.type
(type_alias name: (_) @name) @definition.type
(const_spec name: (identifier) @name) @definition.constant
(var_spec name: (identifier) @name) @definition.variable
(func_literal body: (_) @inside)
(parameter_declaration name: (identifier) @local)
(short_var_declaration left: (expression_list (identifier) @local))
(range_clause left: (expression_list (identifier) @local))
(import_spec name: (package_identifier) @import.all path: (_) @import.source)
(import_spec !name path: (_) @import.source @import.package)
(import_spec name: (dot) path: (_) @import.source @import.everything)
(import_spec name: (blank_identifier) path: (_) @import.source)
(selector_expression operand: (identifier) @member.object field: (field_identifier) @member.name)
(qualified_type package: (package_identifier) @member.object name: (type_identifier) @member.name)
(identifier) @reference
(type_identifier) @reference
(comment) @comment
(selector_expression field: (field_identifier) @property)
