import { declaration, type Mutator } from "../mutator.ts";

export const extractRequest: Mutator = {
  rule: "extract-request",
  promise: "`extract` of request parameters.",
  shapes: {
    php: [
      "«extract($_POST);»",
      "«extract($_GET);»",
      "«extract($_REQUEST, EXTR_OVERWRITE);»",
      "$count = «extract($_COOKIE)»;",
      "«extract($_POST['‹field›']);»",
      "«extract(array_merge($_GET, $_POST));»",
      "«@extract($_REQUEST);»",
    ],
  },
};

export const requestInclude: Mutator = {
  rule: "request-include",
  promise: "`include` or `require` of a path that holds a request parameter.",
  shapes: {
    php: [
      "«include $_GET['‹field›'] . '.php';»",
      '«require "pages/" . $_GET["‹field›"];»',
      "«include_once($_REQUEST['‹field›']);»",
      "«require_once \"modules/{$_POST['‹field›']}/index.php\";»",
      "$‹value› = «include __DIR__ . '/' . $_GET['‹field›'] . '.inc'»;",
      declaration("function ‹call›_page() {\n  return «require('lang/' . $_COOKIE['lang'] . '.php')»;\n}"),
    ],
  },
};
