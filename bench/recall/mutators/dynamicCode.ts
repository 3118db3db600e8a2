import type { Mutator } from "../mutator.ts";

export const dynamicCode: Mutator = {
  rule: "dynamic-code",
  promise: "Text that is put together at run time is compiled and executed.",
  shapes: {
    ecmascript: [
      'const ‹value› = «eval("(" + ‹other› + ")")»;',
      "«eval(`${‹value›}.‹call›()`)»;",
      'const ‹value› = «new Function("a", "return " + ‹other›)»;',
      "return «new Function(`return ${‹value›.‹field›}`)»();",
      '«setTimeout("‹call›(\'" + ‹value› + "\')", 100)»;',
      'const source = "run(" + ‹value› + ")";\nconst ‹third› = «eval(source)»;',
      '‹value› = «window.eval("var x = " + ‹other›)»;',
      "«vm.runInThisContext(`module.exports = ${‹value›}`)»;",
      "«eval(request.body.‹field›)»;",
    ],
    php: [
      '«eval("return " . $‹value› . ";")»;',
      '$‹third› = «eval("return $‹value›;")»;',
      "«eval($_POST['‹field›'])»;",
      "$code = '$x = ' . $‹value› . ';';\n«eval($code)»;",
      "«eval(\"\\$‹other› = {$‹value›['‹field›']};\")»;",
    ],
    powershell: [
      '«Invoke-Expression "Get-Item $‹value›"»',
      "«Invoke-Expression $‹value›»",
      '«iex ("Remove-Item " + $‹value›)»',
      '$‹other› = «Invoke-Expression -Command "$‹value› --version"»',
      '$command = "Start-Service $‹value›"\n«Invoke-Expression $command»',
      '$‹third› = & («[scriptblock]::Create("Get-Process $‹value›")»)',
    ],
    python: [
      '‹value› = «eval("(" + ‹other› + ")")»',
      '«exec(f"{‹value›} = {‹other›!r}")»',
      "return «eval('self.%s' % ‹value›)»",
      '«exec("import {}".format(‹value›))»',
      'code = "result = " + ‹value›\n«exec(code)»',
      '«exec(compile("x = " + ‹value›, "<string>", "exec"))»',
      '‹value› = «eval(input("‹field›: "))»',
      "‹value› = «eval(request.args['‹field›'])»",
    ],
  },
};
