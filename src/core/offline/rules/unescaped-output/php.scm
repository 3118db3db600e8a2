([(echo_statement) (print_intrinsic)] @finding
  (#match? @finding "\\$_(GET|POST|REQUEST|COOKIE)\\b")
  (#not-match? @finding "htmlspecialchars|htmlentities|\\bfilter_|strip_tags|json_encode|urlencode|intval|\\(int\\)|\\besc_|escape|isset|empty\\(|count\\(|===?|md5\\(|number_format|\\bh\\(")
  (#not-match? @finding "\\w\\s*\\((?:[^()]|\\([^()]*\\))*\\$_(GET|POST|REQUEST|COOKIE)\\b"))

; What is handed to a function may come back escaped.
([(echo_statement) (print_intrinsic)] @finding
  (#match? @finding "\\$_(GET|POST|REQUEST|COOKIE)\\b")
  (#not-match? @finding "htmlspecialchars|htmlentities|\\bfilter_|strip_tags|json_encode|urlencode|intval|\\(int\\)|\\besc_|escape|isset|empty\\(|count\\(|===?|md5\\(|number_format|\\bh\\(")
  (#match? @finding "\\w\\s*\\((?:[^()]|\\([^()]*\\))*\\$_(GET|POST|REQUEST|COOKIE)\\b")
  (#set! severity "info"))
