(jsx_opening_element name: (member_expression object: (identifier) @member.object property: (property_identifier) @member.name))
(jsx_self_closing_element name: (member_expression object: (identifier) @member.object property: (property_identifier) @member.name))
