import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Language, Parser } from "web-tree-sitter";
import { createOutliner, type Outliner } from "../../../../../src/core/workspace/outline/outliner.ts";
import { outlinedLanguages, outlineLanguage } from "../../../../../src/core/workspace/outline/outlineLanguages.ts";
import type { Outline } from "../../../../../src/core/workspace/outline/outline.ts";

const grammars = path.dirname(createRequire(import.meta.url).resolve("@vscode/tree-sitter-wasm/package.json"));
const parts = new Map<string, { parser: Parser; outliner: Outliner }>();

beforeAll(async () => {
  await Parser.init();
  for (const id of outlinedLanguages()) {
    const language = outlineLanguage(id)!;
    const grammar = await Language.load(fs.readFileSync(`${grammars}/wasm/tree-sitter-${language.grammar}.wasm`));
    parts.set(id, { parser: new Parser().setLanguage(grammar), outliner: createOutliner(grammar, language) });
  }
});

function outlineOf(language: string, source: string): Outline {
  const { parser, outliner } = parts.get(language)!;
  const tree = parser.parse(source)!;
  try {
    return outliner.outline(tree, source);
  } finally {
    tree.delete();
  }
}

/** `+` exported, `-` not; then kind and path. */
const brief = ({ symbols }: Outline) =>
  symbols.map(
    ({ name, kind, container, exported }) =>
      `${exported ? "+" : "-"}${kind} ${container === "" ? name : `${container}.${name}`}`,
  );
const uses = ({ imports }: Outline) => imports.map(({ source, used }) => `${source}: ${used.join(" ")}`);

const CASES: Record<string, { text: string; symbols: string[]; uses: string[] }> = {
  typescript: {
    text: `import fs, { type Stats as S } from "fs"; import * as path from "./p.ts"; export * from "./all.ts";
      export interface I { m(): void } type T = S; export class C<X> extends path.Base { x = 1; #p = 2; m(a: X) { const local = a; } }
      export const f = (a: number) => { function inner() {} }; function g() { return path.join("a"); } export { g }; enum E { A }`,
    symbols: [
      "+interface I",
      "+method I.m",
      "-type T",
      "+class C",
      "+field C.x",
      "-field C.#p",
      "+method C.m",
      "+variable f",
      "+function g",
      "-enum E",
    ],
    uses: ["fs: Stats", "./p.ts: Base join", "./all.ts: *"],
  },
  javascript: {
    text: `const a = require("./a"); const { b, c: d } = require("./b"); exports.one = function () { return a.x(d); }; module.exports = { two }; function two() {} class K { y = 1 }`,
    symbols: ["-variable a", "-variable b", "-variable d", "+variable one", "+function two", "-class K", "+field K.y"],
    uses: ["./a: x", "./b: c"],
  },
  python: {
    text: `import os.path\nfrom . import a as b\nfrom .c import d, e\nX = 1\nclass K(d):\n  """Doc of K."""\n  def m(self, p):\n    v = b.go(p)\ndef _f(): pass\n@dec\ndef g(): return os.path.sep\n`,
    symbols: ["+variable X", "+class K", "+function K.m", "-function _f", "+function g"],
    uses: ["os.path: sep", ".: a", ".c: d"],
  },
  go: {
    text: `package a\nimport ("fmt"; z "m/x/y")\ntype T struct { A int }\nfunc (t *T) M(a int) { z.Do() }\nfunc f() { v := 1; fmt.Print(v) }\nconst C = 1\nvar V, w = 1, 2\n`,
    symbols: ["+type T", "+method T.M", "-function f", "+constant C", "+variable V", "-variable w"],
    uses: ["fmt: Print", "m/x/y: Do"],
  },
  java: {
    text: `package a.b; import c.d.E; import q.*; /** A doc. */ public class C extends E { private int f; public void m(int a) { int l; } C() {} enum X { A } interface I { void g(); } }`,
    symbols: ["+class C", "-field C.f", "+method C.m", "+method C.C", "+enum C.X", "+interface C.I", "+method C.I.g"],
    uses: ["c.d.E: E", "q: *"],
  },
  rust: {
    text: `mod a; use crate::x::{B, C as D, e::*}; pub struct S { f: B } impl S { pub fn m(&self) { let l = 1; } fn p() {} } trait T { fn q(&self); } const K: D = 1; pub fn f() { a::go(); }`,
    symbols: [
      "+struct S",
      "-implementation S",
      "+function S.m",
      "-function S.p",
      "-trait T",
      "-function T.q",
      "-constant K",
      "+function f",
    ],
    uses: ["mod a: go", "crate::x::B: B", "crate::x::C: C", "crate::x::e::*: *"],
  },
  csharp: {
    text: `using A.B; namespace N.M; public class C : D { public int P { get; set; } private int f; public void M(int a) { int l; } } interface I { void G(); } enum X { A } record R(int a);`,
    symbols: [
      "+class C",
      "+property C.P",
      "-field C.f",
      "+method C.M",
      "+interface I",
      "+method I.G",
      "+enum X",
      "+class R",
    ],
    uses: ["A.B: *"],
  },
  c: {
    text: `#include "a.h"\n#include <b.h>\n#define MAX 3\nstruct s { int x; };\ntypedef int t;\nstatic int g(int a) { int l = MAX; return l; }\nchar *h(void);\nint v = 1;\n`,
    symbols: ["+macro MAX", "+struct s", "+type t", "-function g", "+function h", "+variable v"],
    uses: ["a.h: *", "b.h: *"],
  },
  cpp: {
    text: `namespace n { class C : public B { public: int f(int a); void g() {} }; enum E { A }; using U = int; template<class T> T k(T a) { return a; } }\nvoid n::C::m() {}`,
    symbols: [
      "+namespace n",
      "+class n.C",
      "+method n.C.f",
      "+function n.C.g",
      "+enum n.E",
      "+type n.U",
      "+function n.k",
      "+function n::C::m",
    ],
    uses: [],
  },
  php: {
    text: `<?php namespace A\\B; use X\\Y; use X\\{P, Q as R}; require_once __DIR__ . '/y.php'; class C extends Y { const K = 1; private $p; public function m($a) { return new P(); } } interface I {} function f() { return new R(); }`,
    symbols: ["+class C", "+constant C.K", "-property C.p", "+method C.m", "+interface I", "+function f"],
    uses: ["X\\Y: Y", "X\\P: P", "X\\Q: *", "/y.php: *"],
  },
  ruby: {
    text: `require_relative 'b'\nmodule M\n  class C < D\n    X = 1\n    def m(a)\n      l = a\n    end\n    def self.s; end\n  end\nend\ndef f; end\n`,
    symbols: ["+module M", "+class M.C", "+constant M.C.X", "+method M.C.m", "+method M.C.s", "+method f"],
    uses: ["b: *"],
  },
  shellscript: {
    text: `source ./a.sh\n. "b.sh"\nX=1\nf() { L=2; echo; }\nfunction g { f; }\n`,
    symbols: ["+variable X", "+function f", "+function g"],
    uses: ["./a.sh: *", "b.sh: *"],
  },
  powershell: {
    text: `using module ./a.psm1\n. ./b.ps1\nImport-Module ./c.psm1\nfunction Get-X { param($a) }\nclass C { [int]$p; [void] m() {} }\nenum E { A }\n`,
    symbols: ["+function Get-X", "+class C", "+method C.m", "+enum E"],
    uses: ["./a.psm1: *", "./b.ps1: *", "./c.psm1: *"],
  },
};

describe("an outline", () => {
  it.each(Object.entries(CASES))("lists what %s declares and uses", (language, { text, symbols, uses: expected }) => {
    const outline = outlineOf(language, text);
    expect(brief(outline)).toEqual(symbols);
    expect(uses(outline)).toEqual(expected);
  });

  it("has signatures that formatting and bodies do not change", () => {
    const tight = `/** Adds.\n * More. */\nexport async function add(a:number,b:{x:string}):Promise<number>{return 1}`;
    const loose = `// Adds.\nexport async function add(\n  a: number, // first\n  b: { x: string },\n): Promise<number> {\n  return 2;\n}`;
    const [one, two] = [tight, loose].map((text) => outlineOf("typescript", text).symbols[0]!);
    expect(one!.signature).toBe("async function add(a: number, b: { x: string }): Promise<number>");
    expect(two!.signature).toBe(one!.signature);
    expect([one!.doc, two!.doc]).toEqual(["Adds.", "Adds."]);
    expect(outlineOf("typescript", tight.replace("a:number", "a:string")).symbols[0]!.signature).not.toBe(
      one!.signature,
    );
  });

  it("has the parameters of functions that are values, however long their bodies are", () => {
    const body = `{ return send(${"value, ".repeat(40)} 1); }`;
    const signatureOf = (text: string) => outlineOf("typescript", text).symbols[0]!.signature;
    expect(signatureOf(`export const f = async (a: string, b = 1): Promise<void> => ${body};`)).toBe(
      "f = async(a: string, b = 1): Promise<void> =>",
    );
    expect(signatureOf(`export const g = function* (seed: number) ${body};`)).toBe("g = function*(seed: number)");
    expect(signatureOf(`exports.h = function h(type, charset) ${body};`)).toBe("exports.h = function h(type, charset)");
    expect(signatureOf(`export const table = [${"1, ".repeat(80)}];`)).toBe("table");
  });

  it("tells free names from declared ones", () => {
    expect(outlineOf("c", "int f(int a) { return helper(a) + f(a); }").free).toEqual(["helper"]);
  });

  it("passes over broken parts", () => {
    expect(brief(outlineOf("typescript", "function a() {}\nconst = = ;\nexport function b() {}"))).toEqual(
      expect.arrayContaining(["-function a", "+function b"]),
    );
  });

  it("takes any text, and names are where it says", () => {
    const words = [
      "class",
      "A",
      "{",
      "}",
      "def",
      "(",
      ")",
      "import",
      '"x"',
      "fn",
      "=",
      "\n",
      "😀",
      "export",
      ":",
      "/*",
      "#",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...outlinedLanguages()), fc.array(fc.constantFrom(...words)), (language, list) => {
        const text = list.join(" ");
        for (const { name, nameStart, start, end } of outlineOf(language, text).symbols) {
          expect(text.slice(nameStart, nameStart + name.length)).toBe(name);
          expect(start <= nameStart && nameStart <= end).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});
