([(echo_statement) (print_intrinsic)] @finding
  (#match? @finding "\\$_(GET|POST|REQUEST|COOKIE)\\b")
  (#not-match? @finding "htmlspecialchars|htmlentities|\\bfilter_|strip_tags|json_encode|urlencode|intval|\\(int\\)|\\besc_|escape|isset|empty\\(|count\\(|===?|md5\\(|number_format|\\bh\\("))
