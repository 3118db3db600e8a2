((assert_statement . (tuple (_) (_)) @finding .))
