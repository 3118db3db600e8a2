import type { Mutator } from "../mutator.ts";

export const requestPath: Mutator = {
  rule: "request-path",
  promise: "What the request sent is used as a path of a file, or as part of one.",
  shapes: {
    ecmascript: [
      "«res.sendFile(path.join(‹value›, req.params.‹field›));»",
      'const ‹value› = «fs.readFileSync("./files/" + req.query.‹field›)»;',
      "«fs.createReadStream(`uploads/${req.params.‹field›}`)».pipe(res);",
      "await «fs.promises.writeFile(req.body.‹field›, ‹value›)»;",
      "«fs.unlink(path.join(__dirname, request.query.‹field›), ‹call›);»",
      "«res.download(req.query.‹field›);»",
    ],
    go: [
      '‹value›, err := «os.Open("files/" + r.URL.Query().Get("‹field›"))»\n‹call›(‹value›, err)',
      '‹value›, err := «os.ReadFile(filepath.Join(‹other›, r.FormValue("‹field›")))»\n‹call›(‹value›, err)',
      '«http.ServeFile(w, r, filepath.Join(‹other›, r.URL.Query().Get("‹field›")))»',
      '«os.Remove(r.FormValue("‹field›"))»',
    ],
    php: [
      "$‹value› = «file_get_contents('files/' . $_GET['‹field›'])»;",
      "«readfile($_GET['‹field›']);»",
      '$‹value› = «fopen("uploads/{$_POST[\'‹field›\']}", "r")»;',
      "«unlink($‹other› . '/' . $_REQUEST['‹field›']);»",
      "«file_put_contents($_POST['‹field›'], $‹value›);»",
    ],
    python: [
      "‹value› = «open(os.path.join(‹other›, request.args['‹field›']))»",
      "with «open('files/' + request.args.get('‹field›'))» as handle:\n  ‹call›(handle)",
      "return «send_file(request.args['‹field›'])»",
      "«os.remove(os.path.join(‹other›, request.form['‹field›']))»",
      "‹value› = «open(f\"uploads/{request.GET['‹field›']}\", 'rb')».read()",
    ],
    ruby: [
      "«send_file params[:‹field›]»",
      "‹value› = «File.read(File.join(‹other›, params[:‹field›]))»",
      '«File.open("files/#{params[:‹field›]}") { |file| ‹call›(file) }»',
      "«File.delete(Rails.root.join('uploads', params[:‹field›]))»",
    ],
  },
};

export const unescapedOutput: Mutator = {
  rule: "unescaped-output",
  promise: "A page is written with text from the request in it, without escaping.",
  shapes: {
    ecmascript: [
      "«res.send(`<h1>${req.query.‹field›}</h1>`);»",
      '«res.send("<p>Hello " + req.params.‹field› + "</p>");»',
      "«res.write(`<li>${req.body.‹field›}</li>`);»",
      '«res.end("<b>" + req.query.‹field› + "</b>");»',
      "«res.status(404).send(`<p>No ${req.params.‹field›} here</p>`);»",
    ],
    php: [
      "«echo $_GET['‹field›'];»",
      "«echo '<h1>' . $_POST['‹field›'] . '</h1>';»",
      "«print \"<p>{$_REQUEST['‹field›']}</p>\";»",
      "«echo 'Hello ', $_GET['‹field›'];»",
      "«print($_COOKIE['‹field›']);»",
    ],
  },
};

export const looseHashComparison: Mutator = {
  rule: "loose-hash-comparison",
  promise: "A hash is compared with `==` or `!=`.",
  shapes: {
    php: [
      "if («md5($‹value›) == $‹other›») {\n  ‹call›();\n}",
      "if («$‹other› != sha1($‹value›)») {\n  return false;\n}",
      "return «$this->‹field› == hash('sha256', $‹value›)»;",
      "$same = «hash_hmac('sha256', $‹value›, $key) == $_GET['signature']»;",
      "if («md5($_POST['password']) == $‹value›['password']») ‹call›();",
    ],
  },
};
