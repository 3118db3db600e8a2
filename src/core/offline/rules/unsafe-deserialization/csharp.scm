(object_creation_expression
  type: (identifier) @type
  (#any-of? @type "BinaryFormatter" "NetDataContractSerializer" "LosFormatter" "SoapFormatter")) @finding
