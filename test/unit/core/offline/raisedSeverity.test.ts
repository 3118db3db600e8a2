/** How grave a match is where its rule is raised: the same pattern, warned of only where the danger can be seen. */
import { beforeAll, describe, expect, it } from "vitest";
import { createAnalyzer, type Analyzer } from "../../../../src/core/offline/analyzer.ts";
import { readRuleAsset } from "../../../../src/core/offline/ruleAsset.ts";
import { parseRaise } from "../../../../src/core/offline/ruleFile.ts";

let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await createAnalyzer();
});

/** A team's rule `own` with the patterns of a built-in one, raised as it says. */
function ownRule(rule: string, raised: string) {
  const files = Object.entries(JSON.parse(readRuleAsset()) as Record<string, string>)
    .filter(([name]) => name.startsWith(`${rule}/`))
    .map(([name, text]) => [
      name.replaceAll(rule, "own"),
      text.replace(`id: ${rule}`, "id: own").replace("severity: info\n", `severity: info\nraised: ${raised}\n`),
    ]);
  return { packed: JSON.stringify(Object.fromEntries(files)), notices: [] };
}

async function severities(
  rule: string,
  language: string,
  text: string,
  own?: ReturnType<typeof ownRule>,
): Promise<string[]> {
  const findings = await analyzer.analyzeText(text, language, "source", own);
  return findings.filter((one) => one.rule === rule).map(({ severity }) => severity);
}

describe("a raised severity", () => {
  it("names a severity and checks", () => {
    expect(parseRaise(undefined)).toBeUndefined();
    expect(parseRaise("error when request-input")).toEqual({ severity: "error", checks: ["request-input"] });
    expect(parseRaise("warning when named-server  unconditional")?.checks).toEqual(["named-server", "unconditional"]);
  });

  it.each(["error", "info when request-input", "error if request-input", "error when "])("is not %j", (text) => {
    expect(() => parseRaise(text)).toThrow("raised: warning when request-input");
  });
});

const SQL = "SELECT * FROM users WHERE id = ";

describe("values in SQL", () => {
  it.each([
    ["javascript", `function f(req) { return db.query(\`${SQL}\${req.query.id}\`); }`],
    [
      "typescript",
      `const f = async (req: Request) => { const { id } = req.params; await db.query(\`${SQL}\${id}\`); };`,
    ],
    [
      "javascript",
      `app.get("/", (req) => { const id = req.body.id.trim(); list.map(() => db.query("${SQL}" + id)); });`,
    ],
    ["php", `<?php\n$id = $_GET['id'];\n$rows = $db->query("${SQL}'$id'");\n`],
    ["python", `def show():\n    name = request.args.get("name")\n    cursor.execute("${SQL}'%s'" % name)\n`],
    ["python", `@app.route("/users/<name>")\ndef show(name):\n    cursor.execute(f"${SQL}'{name}'")\n`],
    [
      "go",
      `package a\n\nfunc show(r *http.Request) {\n\tid := r.FormValue("id")\n\tdb.Query(fmt.Sprintf("${SQL}'%s'", id))\n}\n`,
    ],
    [
      "java",
      `class A { void f(HttpServletRequest r) { String id = r.getParameter("id"); s.executeQuery("${SQL}'" + id + "'"); } }`,
    ],
    ["java", `class A { void f(@RequestParam("id") String id) { s.executeQuery("${SQL}'" + id + "'"); } }`],
    ["csharp", `class A { void F([FromQuery] string id) { Run($"${SQL}'{id}'"); } }`],
  ])("of a request are errors where a rule says so, in %s: %s", async (language, text) => {
    const own = ownRule("sql-injection", "error when request-input");
    expect(await severities("own", language, text, own)).toEqual(["error"]);
    expect(await severities("sql-injection", language, text)).toEqual(["info"]);
  });

  it.each([
    ["javascript", `function f(id) { return db.query(\`${SQL}\${id}\`); }`],
    ["javascript", `function f(req) { const id = row.id; log(req.query.id); return db.query(\`${SQL}\${id}\`); }`],
    ["python", `def show(name):\n    cursor.execute(f"${SQL}'{name}'")\n`],
    ["php", `<?php\n$key = md5($_GET['key']);\n$user = currentUser();\nrun("${SQL}'$key' AND name = '$user'");\n`],
    ["php", `<?php\n$user = currentUser();\nrun("${SQL}'" . md5($_GET['key']) . "' AND name = '$user'");\n`],
    ["php", `<?php\n$at = $_SERVER['REMOTE_ADDR'];\nrun("${SQL}'$at'");\n`],
    ["python", `@app.route("/users/<int:key>")\ndef show(key):\n    cursor.execute(f"${SQL}'{key}'")\n`],
    ["csharp", `class A { void F(int tag) { Run($"${SQL}'{tag}'"); } }`],
  ])("of unknown origin are remarks in %s: %s", async (language, text) => {
    const own = ownRule("sql-injection", "error when request-input");
    expect(await severities("own", language, text, own)).toEqual(["info"]);
  });
});

describe("text that is run", () => {
  it.each([
    ["shell-injection", "javascript", "function f(req) { execSync(`ls ${req.query.folder}`); }", "warning"],
    ["shell-injection", "javascript", "function f(folder) { execSync(`ls ${folder}`); }", "info"],
    ["shell-injection", "ruby", 'def show\n  system("ls #{params[:folder]}")\nend\n', "warning"],
    ["shell-injection", "ruby", 'def show(folder)\n  system("ls #{folder}")\nend\n', "info"],
    ["shell-injection", "python", 'import os, sys\n\nname = sys.argv[1]\nos.system("ls " + name)\n', "info"],
    ["dynamic-code", "javascript", "function f(script) { return new Function(script); }", "info"],
  ])("%s, %s: %s", async (rule, language, text, severity) => {
    expect(await severities("own", language, text, ownRule(rule, "warning when remote-input"))).toEqual([severity]);
    expect(await severities(rule, language, text)).toEqual(["info"]);
  });
});

describe("a certificate check", () => {
  it.each([
    ["go", "package a\n\nfunc f() { c := &tls.Config{InsecureSkipVerify: true}; use(c) }\n", "info"],
    [
      "go",
      "package a\n\nfunc f(own bool) {\n\tif own {\n\t\tc := &tls.Config{InsecureSkipVerify: true}\n\t\tuse(c)\n\t}\n}\n",
      "info",
    ],
    [
      "go",
      "package a\n\nfunc f() {\n\tif err := get(&tls.Config{InsecureSkipVerify: true}); err != nil {\n\t\tlog(err)\n\t}\n}\n",
      "info",
    ],
    [
      "ruby",
      "def f(own)\n  mode = own ? OpenSSL::SSL::VERIFY_NONE : OpenSSL::SSL::VERIFY_PEER\n  use(mode)\nend\n",
      "info",
    ],
    ["ruby", "http.verify_mode = OpenSSL::SSL::VERIFY_NONE\n", "info"],
    ["python", "import requests\n\nrequests.get(url, verify=False)\n", "info"],
    ["python", "def f(url):\n    if url.startswith('https'):\n        requests.get(url, verify=False)\n", "info"],
    [
      "java",
      "class NoCheckManager implements X509TrustManager { public void checkServerTrusted(X[] a, String b) {} }",
      "info",
    ],
    [
      "java",
      "class CompanyManager implements X509TrustManager { public void checkServerTrusted(X[] a, String b) {} }",
      "info",
    ],
    ["shellscript", 'curl -k "$url/api"\n', "info"],
    ["shellscript", "curl -k https://localhost:8443/api\n", "info"],
    ["shellscript", "curl -k https://get.acme.org/install.sh\n", "info"],
  ])("switched off in %s: %s is an %s", async (language, text, severity) => {
    expect(await severities("tls-verification-disabled", language, text)).toEqual([severity]);
  });
});

describe("a YAML loader", () => {
  it.each([
    ["import yaml\nyaml.load(text)\n", ["info"]],
    ["import yaml\nyaml.load(text, Loader=yaml.UnsafeLoader)\n", ["info"]],
    ["import yaml\nyaml.load(text, CompanyLoader)\n", ["info"]],
    ["import yaml\n\nclass Loader(yaml.SafeLoader):\n    pass\n\nyaml.load(text, Loader)\n", []],
    ["from yaml import CSafeLoader as Loader\nyaml.load(text, Loader=Loader)\n", []],
    ["from ruamel import yaml\nyaml.load(text)\n", []],
  ])("%s", async (text, expected) => {
    expect(await severities("unsafe-yaml-load", "python", text)).toEqual(expected);
  });
});

describe("further rules", () => {
  it.each([
    [
      "async-void",
      "csharp",
      "class A { async void Start() { await Task.Delay(5).ConfigureAwait(false); Begin(); } }",
      ["info"],
    ],
    [
      "async-void",
      "csharp",
      "class A { async void Load() { try { await Read(); } catch (Exception e) { Log(e); } } }",
      ["info"],
    ],
    [
      "unthrown-error",
      "java",
      "class A { E f(int a) { return switch (a) { case 1 -> new OneException(); default -> new TwoException(); }; } }",
      [],
    ],
    ["unthrown-error", "java", "class A { void f() { new PageError(1); } }", []],
    ["unthrown-error", "java", "class A { void f() { new PageException(1); } }", ["info"]],
    [
      "self-assignment",
      "python",
      "def f(a, b):\n    if a:\n        b = b\n    else:\n        b = a\n    return b\n",
      [],
    ],
    ["self-assignment", "javascript", "function f(image) { image.src = image.src; }", ["info"]],
    ["swallowed-error", "javascript", "try { save(); } catch {}", ["info"]],
    ["swallowed-error", "go", "package a\n\nfunc f() {\n\tif err != nil {\n\t}\n}\n", ["info"]],
    ["weak-hash", "python", "import hashlib\ntoken = 1\nprint(hashlib.md5(data).hexdigest())\n", []],
    ["unreachable-code", "cpp", "int f() { return 1;; }", []],
    [
      "weak-hash",
      "python",
      "import hashlib\n# Apache's: https://httpd.apache.org/docs/\ntoken = hashlib.sha1(password).digest()\n",
      [],
    ],
    ["weak-hash", "python", "import hashlib\ntoken = hashlib.md5(data).hexdigest()\n", ["info"]],
  ])("%s in %s: %s", async (rule, language, text, expected) => {
    expect(await severities(rule, language, text)).toEqual(expected);
  });
});

describe("what loses nothing", () => {
  const tried = (handler: string) => `def f():\n    try:\n        work()\n${handler}    finally:\n        return 1\n`;

  // A built-in rule no longer warns for it; a team's may.
  it.each([
    ["python", tried(""), ["warning"]],
    ["python", tried("    except ValueError:\n        log()\n"), ["warning"]],
    ["python", tried("    except Exception as error:\n        log(error)\n"), ["info"]],
    ["python", tried("    except:\n        log()\n"), ["info"]],
    ["python", tried("    except Exception:\n        raise\n"), ["warning"]],
    ["javascript", "function f() { try { a(); } catch (e) { log(e); } finally { return 1; } }", ["info"]],
    ["javascript", "function f() { try { a(); } catch (e) { throw new Own(e); } finally { return 1; } }", ["warning"]],
    [
      "java",
      "class A { int f() { try { a(); } catch (IOException e) { log(e); } finally { return 1; } } }",
      ["warning"],
    ],
    ["java", "class A { int f() { try { a(); } catch (Exception e) { log(e); } finally { return 1; } } }", ["info"]],
  ])("a jump out of finally in %s: %s", async (language, text, expected) => {
    const own = ownRule("jump-in-finally", "warning when error-under-way");
    expect(await severities("own", language, text, own)).toEqual(expected);
    expect(await severities("jump-in-finally", language, text)).toEqual(expected.map(() => "info"));
  });

  it.each([
    ["duplicate-key", "python", 'a = {"td": ["headers"], "td": ["headers"]}\n', ["info"]],
    ["duplicate-key", "python", 'a = {"td": 1, "td": 2, "td": 1}\n', ["info", "info"]],
    ["self-assignment", "python", "def f(data):\n    data = data\n    return data\n", ["info"]],
    ["self-assignment", "java", "class A { void f(String name) { name = name; } }", ["info"]],
    [
      "identical-branches",
      "java",
      "class A { void f() { if (a) { b(1); } else if (c) { b(2); } else { b(2); } } }",
      ["info"],
    ],
    [
      "identical-branches",
      "javascript",
      "function f() { if (a) { b(1); } else if (c) { b(2); } else { b(2); } }",
      ["info"],
    ],
    ["identical-branches", "javascript", "const a = b ? 1 : c ? 0 : 0;", ["info"]],
    ["self-comparison", "javascriptreact", "const a = () => <p>{icon && icon}</p>;", []],
    ["self-comparison", "python", "def f(start, end, now):\n    return start < now > end < start\n", []],
    ["unreachable-code", "python", "def f(a, b):\n    return a == b\n    return True\n", []],
    ["unreachable-code", "python", "def f(a, b):\n    return a\n    if b:\n        return b\n", ["info"]],
    ["unreachable-code", "python", "def f(a):\n    raise DeprecationWarning(a)\n    b = a\n    use(b)\n", []],
    ["unreachable-code", "cpp", "int f() { return 1; // others ask the box here, but its font is broken\n g(); }", []],
    ["unreachable-code", "cpp", "int f() { return 1; // one\n g(); }", ["info"]],
  ])("%s in %s: %s", async (rule, language, text, expected) => {
    expect(await severities(rule, language, text)).toEqual(expected);
  });
});

describe("idioms", () => {
  const sentinel = (rest: string) => `def f(card):\n    kind = card.get("kind", 0)\n    ${rest}\n`;

  it.each([
    ["python", sentinel("return kind is 0 or kind.value"), ["info"]],
    ["python", "def f(kind=0):\n    return kind is not 0\n", ["info"]],
    ["python", "def f(kind: int = -1, other=2):\n    kind = 0\n    return kind is 0\n", ["info"]],
    ["python", "def f(value):\n    return (value is not 0) and value in [False, None]\n", ["info"]],
    ["python", sentinel("return other is 0"), ["info"]],
    ["python", sentinel("return kind is 1"), ["info"]],
    ["python", "def f(kind=10):\n    return kind is 0\n", ["info"]],
    ["python", "def f(parts):\n    return 0 if len(parts) is 1 else parts[1]\n", ["info"]],
    ["python", 'def f(kind="a"):\n    return kind is "a"\n', ["info"]],
  ])("identity in %s: %j", async (language, text, expected) => {
    expect(await severities("identity-comparison", language, text)).toEqual(expected);
  });

  it.each([
    ["javascript", "if (id = props) { show(rows[id]); }", ["info"]],
    ["javascript", "if (id = props) show(rows[identity.id]);", ["info"]],
    ["javascript", 'if (state = "done") finish(state);', ["warning"]],
    ["c", "void f(int *a, int *b) { if (a = b) use(*a); }", ["info"]],
    ["c", "void f(int *a) { if (a = next()) go(); }", ["info"]],
    ["c", "void f(int a, int b) { if (a = b) go(); }", ["info"]],
    ["c", "void f(int *a) { if (*a < 0 || *a >= COUNT) go(); }", []],
    ["c", "void f(int a) { if (a = 1) use(a); }", ["warning"]],
    [
      "java",
      "class A { void f(boolean a, boolean b) { while (a = true) go(); if (a = b) use(a); } }",
      ["warning", "info"],
    ],
  ])("assignment in %s: %j", async (language, text, expected) => {
    expect(await severities("assignment-in-condition", language, text)).toEqual(expected);
  });

  it.each([
    ["python", 'a = output and output or ""\n', []],
    ["javascript", "a = output && output || other;", []],
    ["python", "a = output and output\n", ["info"]],
    ["javascript", "a = other || output && output;", ["info"]],
    ["javascript", "a = output || output || other;", ["info"]],
    ["javascript", 'a = text === "a  b" || text === "a b";', []],
  ])("the same twice in %s: %j", async (language, text, expected) => {
    expect(await severities("self-comparison", language, text)).toEqual(expected);
  });
});

describe("what only looks like a danger", () => {
  it.each([
    ["weak-hash", "python", "import hashlib\ndef sign_in(password):\n    return hashlib.md5(password)\n", "info"],
    ["weak-hash", "go", "package a\n\nfunc comparePasswordHash(password []byte) {\n\tmd5.Sum(password)\n}\n", "info"],
    ["weak-hash", "php", "<?php\n$user->token = md5($text);\n", "info"],
    ["insecure-random", "python", "import random\ndef generate_nonce():\n    return random.getrandbits(64)\n", "info"],
    ["insecure-random", "python", "import random\ndef generate_token():\n    return random.getrandbits(64)\n", "info"],
    [
      "deferred-before-check",
      "go",
      "package a\n\nfunc f() {\n\tfile, err := os.Open(name)\n\tdefer file.Close()\n\tuse(err)\n}\n",
      "info",
    ],
    [
      "deferred-before-check",
      "go",
      "package a\n\nfunc f() {\n\trows, err := db.Query(q)\n\tdefer rows.Close()\n\tuse(err)\n}\n",
      "info",
    ],
    ["unescaped-output", "php", "<?php echo $_GET['name'];\n", "info"],
    ["unescaped-output", "php", "<?php echo '<b>' . $_GET['name'] . '</b>';\n", "info"],
    ["unescaped-output", "php", "<?php echo Format::chars($_GET['name']);\n", "info"],
    ["unescaped-output", "php", "<?php echo $field->show(isPost() ? $_POST['name'] : '');\n", "info"],
    ["world-writable", "python", "import os\nos.chmod(path, 0o777)\n", "info"],
    ["shell-injection", "ruby", 'system("ls #{ARGV[0]}")\n', "info"],
    [
      "dynamic-code",
      "javascript",
      "onmessage = (request) => { if (!key.verify(request.body, mark)) return; new Function(request.body)(); };",
      "info",
    ],
    ["hardcoded-secret", "typescript", 'enum Kind { OnePassword = "bada5566-a7aa-401f-bd96-45619a55120d" }', "info"],
    ["hardcoded-secret", "java", 'class A { String PASSWORD = "4a1750c8607dfa237de36c6305715c2234151891"; }', "info"],
    ["hardcoded-secret", "java", 'class A { String CLIENT_SECRET = "bada5566-a7aa-401f-bd96-45619a55120d"; }', "info"],
  ])("%s in %s: %s", async (rule, language, text, severity) => {
    expect(await severities(rule, language, text)).toEqual([severity]);
  });

  it.each([
    ["insecure-random", "python", "import random\ndef get_api_key(self):\n    return random.choice(self.keys)\n"],
    [
      "defer-in-loop",
      "go",
      "package a\n\nfunc f() {\n\tfor _, q := range all {\n\t\trows := ask(q)\n\t\tdefer rows.Close()\n\t\tfor rows.Next() {\n\t\t\tread(rows)\n\t\t}\n\t}\n}\n",
    ],
    [
      "async-promise-executor",
      "javascript",
      "new Promise(async (resolve) => { try { await a(); } catch (e) { log(e); } keep(b); resolve(b); });",
    ],
    ["mutable-default-argument", "python", "def f(attrs={}):\n    if not attrs: attrs = {}\n    attrs['a'] = 1\n"],
    ["mutable-default-argument", "python", "# noinspection PyDefaultArgument\ndef f(items=[]):\n    items.append(1)\n"],
    [
      "tls-verification-disabled",
      "python",
      "import ssl\nclass Own:\n    def __init__(self):\n        self.verify_mode = ssl.CERT_NONE\n",
    ],
  ])("%s in %s is silent: %s", async (rule, language, text) => {
    expect(await severities(rule, language, text)).toEqual([]);
  });

  it("is an overwritten key: the earlier one is shown", async () => {
    const findings = await analyzer.analyzeText('a = {\n  "b": 1,\n  "b": 2,\n}\n', "python", "source");
    expect(findings.map(({ rule, startLine }) => [rule, startLine])).toEqual([["duplicate-key", 2]]);
  });
});

describe("a condition that was asked before", () => {
  it.each([
    ["javascript", "if (a > 1) b(); else if (a > 1) c();", ["info"]],
    ["javascript", "if (a > 1) b(); else if (a > 1) b();", ["info"]],
    ["python", "if a > 1:\n    b()\nelif a > 1:\n    c()\n", ["info"]],
    ["python", "if a > 1:\n    b()\nelif a > 1:\n    b()\n", ["info"]],
    ["c", "void f(int a) { if (a > 1) b(); else if (a > 1) c(); }", ["info"]],
    ["csharp", "class A { void F() { if (a > 1) { B(); } else if (a > 1) { B(); } } }", ["info"]],
    ["rust", "fn f() { if a > 1 { b(); } else if a > 1 { c(); } }", ["info"]],
    ["go", "package a\n\nfunc f() {\n\tif a > 1 {\n\t\tb()\n\t} else if a > 1 {\n\t\tb()\n\t}\n}\n", ["info"]],
    ["java", "class A { void f() { if (a > 1) { b(); } else if (a > 1) { c(); } } }", ["info"]],
    ["javascript", 'switch (a) { case "b": case "c": case "b": d(); }', ["info"]],
    ["javascript", 'switch (a) { case "b": d(); break; case "b": e(); }', ["info"]],
    ["python", "if a == 'b  c':\n    b()\nelif a == 'b c':\n    c()\n", []],
  ])("in %s: %s", async (language, text, expected) => {
    expect(await severities("duplicate-condition", language, text)).toEqual(expected);
  });
});

describe("code that is not the team's to change", () => {
  const same = "if (a = 1) { run(); }\n";

  it.each([
    [same, "warning"],
    [`/*! quick-code v0.14.0 - example.org */\n${same}`, "info"],
    [`/*!\n * company\n * Copyright\n */\n${same}`, "warning"],
    [`/*\n Company theme\n Copyright (c) 2016\n*/\n\n/*!\n * Company v1.4.0\n */\n${same}`, "info"],
    [`/*\n Company theme\n*/\n${same}`, "warning"],
    [`/**\n * @preserve Date picker v2.4.5\n */\n${same}`, "info"],
    [`// This is a generated file! Please edit its source.\n${same}`, "info"],
    [`// LiveCheck 1.3 (standalone version)\n// Copyright (c) 2007 A. Person\n${same}`, "info"],
    [`//====+\n// File name : a.js\n// Version   : 6.3.2\n// Copyright (C) 2002-2019 A. Person\n${same}`, "info"],
    [`/* Licensed under the Apache License,\n * Version 2.0\n * Copyright 2026 Company */\n${same}`, "warning"],
    [`/* under the Mozilla Public License,\n * v. 2.0.\n * Copyright 2026 Company */\n${same}`, "warning"],
    [`"use strict";\nfunction _classCallCheck(a, b) {}\n${same}`, "info"],
    [`//! calendar.js locale\n${same}`, "info"],
    [`// Code generated by tool. DO NOT EDIT.\n${same}`, "info"],
    // Put together or translated by a tool
    [`/******/ (() => { // webpackBootstrap\n${same}/******/ })();\n`, "info"],
    [`(function (modules) { // webpackBootstrap\n${same}})();\n`, "info"],
    [`const frame = "(() => { // webpackBootstrap";\n${same}`, "warning"],
    [`(this["webpackJsonpshop"] = this["webpackJsonpshop"] || []).push([]);\n${same}`, "info"],
    [`import webpackJsonp from "./jsonp.js";\n${same}`, "warning"],
    [`${same}run();\n//# sourceMappingURL=main.js.map\n\n`, "info"],
    [`${same}//# sourceMappingURL=data:application/json;base64,${"QUJD".repeat(300)}`, "info"],
    [`//# sourceMappingURL=main.js.map\n${same}`, "warning"],
    // An editor's worker, a prototype's runtime
    [`"no use strict";\nwindow.ace = window;\ndefine("ace/lib/oop", [], () => {\n${same}});\n`, "info"],
    [`define("shop/cart", [], () => {\n${same}});\n`, "warning"],
    [`$axure.internal(function ($ax) {\n${same}});\n`, "info"],
    [`\uFEFF$axure.internal(function ($ax) {\n${same}});\n`, "info"],
    [`import { $axure } from "./axure.js";\n${same}`, "warning"],
    [`${" ".repeat(10)}${"b();".repeat(200)}${same}`, "info"],
    [`${"b();".repeat(200)}\n${same}`, "warning"],
  ])("%s", async (text, severity) => {
    expect(await severities("assignment-in-condition", "javascript", text)).toEqual([severity]);
  });
});
