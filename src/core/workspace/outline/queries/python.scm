(function_definition name: (identifier) @name body: (_) @inside) @definition.function
(function_definition body: (block . (expression_statement (string) @doc)))
(class_definition name: (identifier) @name body: (_) @body) @definition.class
(class_definition body: (block . (expression_statement (string) @doc)))
(expression_statement (assignment left: (identifier) @name right: (_)? @value)) @definition.variable
(expression_statement (assignment left: (pattern_list (identifier) @name))) @definition.variable
(lambda body: (_) @inside)
(parameters (identifier) @local)
(lambda_parameters (identifier) @local)
(default_parameter name: (identifier) @local)
(typed_parameter . (identifier) @local)
(typed_default_parameter name: (identifier) @local)
(for_statement left: (identifier) @local)
(for_in_clause left: (identifier) @local)
(as_pattern_target (identifier) @local)
(keyword_argument name: (identifier) @local)

; `import a.b` is asked for its members as `a.b.name`.
(import_statement name: (dotted_name) @import.all @import.source)
(import_statement name: (aliased_import name: (dotted_name) @import.source alias: (identifier) @import.all))
(import_from_statement module_name: (_) @import.source)
(import_from_statement module_name: (_) @import.source name: (dotted_name) @import.name)
(import_from_statement module_name: (_) @import.source name: (aliased_import name: (_) @import.name alias: (_) @import.alias))
(import_from_statement module_name: (_) @import.source (wildcard_import) @import.everything)

(attribute object: [(identifier) (attribute)] @member.object attribute: (identifier) @member.name)
(attribute attribute: (identifier) @skip @property)
(identifier) @reference
(comment) @comment
