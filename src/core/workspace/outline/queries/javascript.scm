(field_definition property: (_) @name value: (_)? @value) @definition.field
(formal_parameters (identifier) @local)
(formal_parameters (assignment_pattern left: (identifier) @local))
(export_statement (export_clause (export_specifier name: "default" @import.through)) source: (string) @import.source)
