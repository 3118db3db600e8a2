; Top-level and member declarations. @inside: what is declared there is local. @body: left out of the signature.
(function_declaration name: (identifier) @name body: (_) @inside) @definition.function
(generator_function_declaration name: (identifier) @name body: (_) @inside) @definition.function
(class_declaration name: (_) @name body: (_) @body) @definition.class
(method_definition name: (_) @name body: (_) @inside) @definition.method
(variable_declarator name: (identifier) @name value: (_)? @value) @definition.variable
(variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @name)) @definition.variable
(variable_declarator name: (object_pattern (pair_pattern value: (identifier) @name))) @definition.variable
(variable_declarator name: (array_pattern (identifier) @name)) @definition.variable
(arrow_function body: (_) @inside)
(arrow_function parameter: (identifier) @local)
(function_expression body: (_) @inside)
(generator_function body: (_) @inside)
(catch_clause parameter: (identifier) @local)
(class_static_block) @inside

; Imports and re-exports.
(import_statement source: (string) @import.source)
(import_statement (import_clause (identifier) @import.default) source: (string) @import.source)
(import_statement (import_clause (namespace_import (identifier) @import.all)) source: (string) @import.source)
(import_statement (import_clause (named_imports (import_specifier name: (_) @import.name alias: (_)? @import.alias))) source: (string) @import.source)
(export_statement (export_clause (export_specifier name: (_) @import.through)) source: (string) @import.source)
(export_statement source: (string) @import.source)
(export_statement "*" source: (string) @import.everything @import.source)
(export_statement (namespace_export) source: (string) @import.everything @import.source)
(call_expression function: (import) arguments: (arguments . (string) @import.everything @import.source))
((call_expression function: (identifier) @_require arguments: (arguments . (string) @import.source)) (#eq? @_require "require"))
((variable_declarator name: (identifier) @import.all value: (call_expression function: (identifier) @_require arguments: (arguments . (string) @import.source))) (#eq? @_require "require"))
((variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @import.name) value: (call_expression function: (identifier) @_require arguments: (arguments . (string) @import.source))) (#eq? @_require "require"))
((variable_declarator name: (object_pattern (pair_pattern key: (_) @import.name value: (identifier) @import.alias)) value: (call_expression function: (identifier) @_require arguments: (arguments . (string) @import.source))) (#eq? @_require "require"))
((member_expression object: (call_expression function: (identifier) @_require arguments: (arguments . (string) @import.source)) property: (_) @import.through) (#eq? @_require "require"))

; What others may see.
(export_statement !source (export_clause (export_specifier name: (_) @export)))
(export_statement value: (identifier) @export)
(export_statement "default" value: (identifier) @export.default)
(export_statement "default" declaration: (_ name: (_) @export.default))
((assignment_expression left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports) right: (identifier) @export.default) (#eq? @_module "module") (#eq? @_exports "exports"))
((assignment_expression left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports) right: (function_expression name: (identifier) @export.default)) (#eq? @_module "module") (#eq? @_exports "exports"))
((assignment_expression left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports) right: (identifier) @export) (#eq? @_module "module") (#eq? @_exports "exports"))
((assignment_expression left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports) right: (object (shorthand_property_identifier) @export)) (#eq? @_module "module") (#eq? @_exports "exports"))
((assignment_expression left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports) right: (object (pair value: (identifier) @export))) (#eq? @_module "module") (#eq? @_exports "exports"))
((assignment_expression left: (member_expression object: (identifier) @_exports property: (property_identifier) @name @export) right: (_) @value) @definition.variable (#eq? @_exports "exports"))
((assignment_expression left: (member_expression object: (member_expression object: (identifier) @_module property: (property_identifier) @_exports) property: (property_identifier) @name @export) right: (_) @value) @definition.variable (#eq? @_module "module") (#eq? @_exports "exports"))

(member_expression object: (identifier) @member.object property: (property_identifier) @member.name)
(identifier) @reference
(shorthand_property_identifier) @reference
(comment) @comment
(member_expression property: (property_identifier) @property)
(shorthand_property_identifier_pattern) @property
(pair_pattern key: (property_identifier) @property)
