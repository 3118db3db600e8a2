/** How grave a match is where its rule is raised: the same pattern, warned of only where the danger can be seen. */
import { beforeAll, describe, expect, it } from "vitest";
import { createAnalyzer, type Analyzer } from "../../../../src/core/offline/analyzer.ts";
import { parseRaise } from "../../../../src/core/offline/ruleFile.ts";

let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await createAnalyzer();
});

async function severities(rule: string, language: string, text: string): Promise<string[]> {
  const findings = await analyzer.analyzeText(text, language, "source");
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
  ])("of a request are errors in %s: %s", async (language, text) => {
    expect(await severities("sql-injection", language, text)).toEqual(["error"]);
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
    expect(await severities("sql-injection", language, text)).toEqual(["info"]);
  });
});

describe("text that is run", () => {
  it.each([
    ["shell-injection", "javascript", "function f(req) { execSync(`ls ${req.query.folder}`); }", "warning"],
    ["shell-injection", "javascript", "function f(folder) { execSync(`ls ${folder}`); }", "info"],
    ["shell-injection", "ruby", 'def show\n  system("ls #{params[:folder]}")\nend\n', "warning"],
    ["shell-injection", "ruby", 'def show(folder)\n  system("ls #{folder}")\nend\n', "info"],
    ["shell-injection", "python", 'import os, sys\n\nname = sys.argv[1]\nos.system("ls " + name)\n', "warning"],
    ["dynamic-code", "javascript", "const at = location.hash.slice(1);\neval(at);\n", "warning"],
    ["dynamic-code", "javascript", "function f(script) { return new Function(script); }", "info"],
  ])("%s, %s: %s", async (rule, language, text, severity) => {
    expect(await severities(rule, language, text)).toEqual([severity]);
  });
});

describe("a certificate check", () => {
  it.each([
    ["go", "package a\n\nfunc f() { c := &tls.Config{InsecureSkipVerify: true}; use(c) }\n", "error"],
    [
      "go",
      "package a\n\nfunc f(own bool) {\n\tif own {\n\t\tc := &tls.Config{InsecureSkipVerify: true}\n\t\tuse(c)\n\t}\n}\n",
      "info",
    ],
    [
      "go",
      "package a\n\nfunc f() {\n\tif err := get(&tls.Config{InsecureSkipVerify: true}); err != nil {\n\t\tlog(err)\n\t}\n}\n",
      "error",
    ],
    [
      "ruby",
      "def f(own)\n  mode = own ? OpenSSL::SSL::VERIFY_NONE : OpenSSL::SSL::VERIFY_PEER\n  use(mode)\nend\n",
      "info",
    ],
    ["ruby", "http.verify_mode = OpenSSL::SSL::VERIFY_NONE\n", "error"],
    ["python", "import requests\n\nrequests.get(url, verify=False)\n", "error"],
    ["python", "def f(url):\n    if url.startswith('https'):\n        requests.get(url, verify=False)\n", "error"],
    [
      "java",
      "class NoCheckManager implements X509TrustManager { public void checkServerTrusted(X[] a, String b) {} }",
      "info",
    ],
    [
      "java",
      "class CompanyManager implements X509TrustManager { public void checkServerTrusted(X[] a, String b) {} }",
      "error",
    ],
    ["shellscript", 'curl -k "$url/api"\n', "info"],
    ["shellscript", "curl -k https://localhost:8443/api\n", "info"],
    ["shellscript", "curl -k https://get.acme.org/install.sh\n", "error"],
  ])("switched off in %s: %s is an %s", async (language, text, severity) => {
    expect(await severities("tls-verification-disabled", language, text)).toEqual([severity]);
  });
});

describe("a default argument", () => {
  const held = (use: string) =>
    `class A:\n    def __init__(self, items=[]):\n        self.items = items\n\n    def add(self, one):\n        ${use}\n`;

  it.each([
    ["def f(items=[]):\n    items.append(1)\n", "warning"],
    [held("self.items.append(one)"), "warning"],
    [held("return one in self.items"), "info"],
    ["def f(items=[]):\n    return items\n", "info"],
  ])("%s", async (text, severity) => {
    expect(await severities("mutable-default-argument", "python", text)).toEqual([severity]);
  });
});

describe("a YAML loader", () => {
  it.each([
    ["import yaml\nyaml.load(text)\n", ["warning"]],
    ["import yaml\nyaml.load(text, Loader=yaml.UnsafeLoader)\n", ["warning"]],
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
    ["async-void", "csharp", "class A { async void Load(string path) { await Read(path); } }", ["warning"]],
    ["async-void", "csharp", "class A { async void Load() { try { await Read(); } finally { End(); } } }", ["warning"]],
    ["async-void", "csharp", "class A { async void Load() => await Read(); }", ["warning"]],
    ["self-assignment", "javascript", "function f(image) { image.name = image.name; }", ["warning"]],
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
    ["unthrown-error", "java", "class A { void f() { new PageException(1); } }", ["warning"]],
    [
      "self-assignment",
      "python",
      "def f(a, b):\n    if a:\n        b = b\n    else:\n        b = a\n    return b\n",
      [],
    ],
    ["self-assignment", "javascript", "function f(image) { image.src = image.src; }", ["info"]],
    ["swallowed-error", "javascript", "try { save(); } catch {}", ["info"]],
    ["swallowed-error", "go", "package a\n\nfunc f() {\n\tif err != nil {\n\t}\n}\n", ["warning"]],
    ["weak-hash", "python", "import hashlib\ntoken = 1\nprint(hashlib.md5(data).hexdigest())\n", []],
    ["unreachable-code", "cpp", "int f() { return 1;; }", []],
    [
      "weak-hash",
      "python",
      "import hashlib\n# Apache's: https://httpd.apache.org/docs/\ntoken = hashlib.sha1(password).digest()\n",
      [],
    ],
    ["weak-hash", "python", "import hashlib\ntoken = hashlib.md5(data).hexdigest()\n", ["warning"]],
  ])("%s in %s: %s", async (rule, language, text, expected) => {
    expect(await severities(rule, language, text)).toEqual(expected);
  });
});

describe("code that is not the team's to change", () => {
  const same = "if (a > 1 && a > 1) { run(); }\n";

  it.each([
    [same, "warning"],
    [`/*! quick-code v0.14.0 - example.org */\n${same}`, "info"],
    [`/*!\n * company\n * Copyright\n */\n${same}`, "warning"],
    [`/**\n * @preserve Date picker v2.4.5\n */\n${same}`, "info"],
    [`// This is a generated file! Please edit its source.\n${same}`, "info"],
    [`//! calendar.js locale\n${same}`, "info"],
    [`// Code generated by tool. DO NOT EDIT.\n${same}`, "info"],
    [`${" ".repeat(10)}${"b();".repeat(200)}${same}`, "info"],
    [`${"b();".repeat(200)}\n${same}`, "warning"],
  ])("%s", async (text, severity) => {
    expect(await severities("self-comparison", "javascript", text)).toEqual([severity]);
  });

  it("is a secret in a manual's text, but not in code", async () => {
    const secret = 'db_password = "9x!Kq72_vLm04Zt"';
    expect(await severities("hardcoded-secret", "python", `${secret}\n`)).toEqual(["warning"]);
    expect(
      await severities("hardcoded-secret", "python", `EXAMPLES = '''\n- name: a\n  b:\n    ${secret}\n'''\n`),
    ).toEqual(["info"]);
  });
});
