((scope_resolution) @finding
  (#match? @finding "^(OpenSSL::)?SSL::VERIFY_NONE$"))

(pair
  key: [(hash_key_symbol) (simple_symbol)] @key
  value: (false)
  (#match? @key "^:?verify_ssl$")) @finding

; ssl: { verify: false }
(pair
  key: [(hash_key_symbol) (simple_symbol)] @outer
  value: (hash (pair key: [(hash_key_symbol) (simple_symbol)] @key value: (false)) @finding)
  (#match? @outer "^:?ssl$")
  (#match? @key "^:?verify$"))

(call
  receiver: (constant) @client
  arguments: (argument_list (pair key: [(hash_key_symbol) (simple_symbol)] @key value: (false)) @finding)
  (#any-of? @client "HTTParty" "HTTP" "Excon" "Typhoeus")
  (#match? @key "^:?(verify|ssl_verify_peer|ssl_verifypeer)$"))
