((scope_resolution) @finding
  (#match? @finding "^(OpenSSL::)?SSL::VERIFY_NONE$"))
