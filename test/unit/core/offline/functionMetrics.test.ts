import { beforeAll, describe, expect, it } from "vitest";
import { createMetricsReader, type FunctionMetrics } from "../../../../src/core/offline/functionMetrics.ts";
import { languageSupport } from "../../../../src/core/offline/languages.ts";
import { readRuleAsset } from "../../../../src/core/offline/ruleAsset.ts";
import { parseRules } from "../../../../src/core/offline/ruleFile.ts";
import { createSyntax, type Syntax } from "../../../../src/core/offline/syntax.ts";
import { createCompileCount } from "../../../../src/core/offline/withoutTierUp.ts";

let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax(createCompileCount());
});

const rule = parseRules(JSON.parse(readRuleAsset()) as Record<string, string>).find(
  ({ id }) => id === "complex-function",
)!;

/** [cognitive, cyclomatic] of each function, in the order in which they end. */
async function measure(language: string, text: string): Promise<[number, number][]> {
  return (await metricsOf(language, text)).map(({ cognitive, cyclomatic }) => [cognitive, cyclomatic]);
}

async function linesOf(language: string, text: string): Promise<number[]> {
  return (await metricsOf(language, text)).map(({ lines }) => lines);
}

async function metricsOf(language: string, text: string): Promise<FunctionMetrics[]> {
  const grammar = (await syntax.grammar(language))!;
  const patterns = languageSupport(language)!.families.map((family) => rule.patterns.get(family) ?? "");
  const tree = syntax.parse(grammar, text);
  try {
    return createMetricsReader(grammar, patterns.join("\n")).read(tree);
  } finally {
    tree.delete();
  }
}

const score = async (condition: string) =>
  (await measure("typescript", `function f() { return ${condition}; }`))[0]![0];
const javaScore = async (condition: string) =>
  (await measure("java", `class A { boolean f() { return ${condition}; } }`))[0]![0];

describe("cognitive complexity", () => {
  // Loop in loop, condition in both, jump to a label: 1 + 2 + 3 + 1, as in SonarSource's paper.
  const primes: Record<string, string> = {
    java: `class A { int sum(int max) { int total = 0;
      OUT: for (int i = 1; i <= max; ++i) { for (int j = 2; j < i; ++j) { if (i % j == 0) { continue OUT; } } total += i; }
      return total; } }`,
    javascript: `function sum(max) { let total = 0;
      OUT: for (let i = 1; i <= max; ++i) { for (let j = 2; j < i; ++j) { if (i % j === 0) { continue OUT; } } total += i; }
      return total; }`,
    go: `package a
func sum(max int) int {
	total := 0
OUT:
	for i := 1; i <= max; i++ {
		for j := 2; j < i; j++ {
			if i%j == 0 {
				continue OUT
			}
		}
		total += i
	}
	return total
}`,
    rust: `fn sum(max: i32) -> i32 { let mut total = 0;
      'out: for i in 1..max { for j in 2..i { if i % j == 0 { continue 'out; } } total += i; }
      total }`,
  };
  it.each(Object.entries(primes))("is 7 for nested loops with a jump in %s", async (language, text) => {
    expect(await measure(language, text)).toEqual([[7, 4]]);
  });

  it("is 1 for a switch, whatever its cases", async () => {
    const text = 'function name(n) { switch (n) { case 1: return "a"; case 2: return "b"; default: return "c"; } }';
    expect(await measure("typescript", text)).toEqual([[1, 3]]);
  });

  it("counts else and else-if without nesting", async () => {
    expect(
      await measure("typescript", "function f(a, b) { if (a) { x(); } else if (b) { y(); } else { z(); } }"),
    ).toEqual([[3, 3]]);
    expect(await measure("python", "def f(a, b):\n  if a:\n    x()\n  elif b:\n    y()\n  else:\n    z()\n")).toEqual([
      [3, 3],
    ]);
    expect(await measure("java", "class A { void f() { if (a) x(); else if (b) y(); else z(); } }")).toEqual([[3, 3]]);
    expect(await measure("rust", "fn f() { if a { x() } else if b { y() } else { z() } }")).toEqual([[3, 3]]);
    expect(
      await measure("go", "package p\nfunc f() {\n if a {\n x()\n } else if b {\n y()\n } else {\n z()\n }\n}"),
    ).toEqual([[3, 3]]);
  });

  it("counts a run of like operators once", async () => {
    expect(await score("a && b && c && d")).toBe(1);
    expect(await score("a && !(b && c)")).toBe(2);
    expect(await score("a && f(b && c)")).toBe(2);
    expect(await score("a ? b : c && d")).toBe(2);
    expect(await javaScore("a && b || c")).toBe(2);
    expect(await javaScore("a && b || c && d")).toBe(3);
    expect(await javaScore("a && (b || c) && d")).toBe(3);
    expect(await javaScore("a && (b && (c && d))")).toBe(1);
  });

  it("does not count operators that give a default value", async () => {
    expect(await score("a ?? b")).toBe(0);
    expect(await score("a || b")).toBe(0);
    expect(await score("a && b || c && d")).toBe(2);
    expect(await score("a && (b ?? c)")).toBe(1);
  });

  it("does not count the usual way to show an element or not", async () => {
    const text = (condition: string) => `function F() { return <p>{${condition}}</p>; }`;
    expect(await measure("typescriptreact", text("a && b && <i/>"))).toEqual([[0, 3]]);
    expect(await measure("typescriptreact", text("a && (b ?? <i/>)"))).toEqual([[1, 3]]);
    expect(await measure("typescriptreact", text("a && (b ? <i/> : <u/>)"))).toEqual([[2, 3]]);
  });

  it("counts a condition's own conditions at the level of its statement", async () => {
    // The statement 1, the conditional within its condition 1.
    expect(await measure("javascript", "function f() { if (a ? b : c) { x(); } }")).toEqual([[2, 3]]);
    // The loop 1, what is in it 2; else 1, the loop behind it 2 and what is in that 3.
    const text = "function f() { for (;;) if (a) x(); else for (;;) if (b) y(); }";
    expect(await measure("javascript", text)).toEqual([[1 + 2 + 1 + 3 + 4, 5]]);
  });

  it("counts each function of JavaScript by itself, and all its ways through", async () => {
    const text = "function f(items = []) { if (items?.length) { items.map((one) => { if (one) { one.x ||= 1; } }); } }";
    expect(await measure("javascript", text)).toEqual([
      [1, 3],
      [1, 4],
    ]);
    expect(await measure("typescript", text)).toEqual([
      [1, 3],
      [1, 4],
    ]);
    expect(await measure("typescript", "function f() { a?.(); return b?.[0]; }")).toEqual([[0, 3]]);
  });

  it("takes a function that is one branch of a condition for itself", async () => {
    expect(await measure("javascript", "const f = a ? null : function () { if (a) { b(); } };")).toEqual([[1, 2]]);
  });

  it("adds a lambda to the method around it, one level deeper", async () => {
    const text = "class A { void f() { if (items) { items.map(one -> { if (one) { g(one); } }); } } }";
    // if: 1, inner if: 1 + two levels (the outer if and the lambda)
    expect(await measure("java", text)).toEqual([[4, 3]]);
  });

  it("leaves the lambdas of a mere wrapper on their own", async () => {
    const text = "class A { void f() { it(() -> { if (a) b(); }); it(() -> { if (c) d(); }); } }";
    expect(await measure("java", text)).toEqual([
      [1, 2],
      [1, 2],
      [0, 1],
    ]);
  });

  const recursion: Record<string, string> = {
    python: "def f(n):\n  return f(n - 1) + f(n - 2)\n",
    go: "package p\nfunc f(n int) int { return f(n-1) + f(n-2) }",
    rust: "fn f(n: i32) -> i32 { f(n - 1) + f(n - 2) }",
    c: "int f(int n) { return f(n - 1) + f(n - 2); }",
    java: "class A { int f(int n) { return f(n - 1) + f(n - 2); } int g(A a) { return a.g(a); } }",
    csharp: "class A { int F(int n) { return F(n - 1) + F(n - 2); } }",
    php: "<?php function f($n) { return f($n - 1) + f($n - 2); }",
    ruby: "def f(n)\n f(n - 1) + f(n - 2)\nend",
    shellscript: "f() { f 1; f 2; }",
  };
  it.each(Object.entries(recursion))("adds one to what calls itself in %s", async (language, text) => {
    expect((await measure(language, text))[0]).toEqual([1, 1]);
  });

  it("does not count the lines of functions within", async () => {
    expect(await linesOf("javascript", "function f() {\n  a();\n  g(() => {\n    b();\n    c();\n  });\n}\n")).toEqual([
      4, 4,
    ]);
  });

  it("counts the lines of the callbacks whose complexity it bears", async () => {
    const text = (a: string) =>
      `package p\nfunc f() {\n\t${a}\n\tg(func() {\n\t\tif b {\n\t\t\th(func() {\n\t\t\t\tc()\n\t\t\t})\n\t\t}\n\t})\n}\n`;
    const countedOf = async (a: string) =>
      (await metricsOf("go", text(a))).map(({ lines, countedLines }) => [lines, countedLines]);
    expect(await countedOf("if a { x() }")).toEqual([[4, 10]]);
    // Without structure of its own it answers for itself alone.
    expect(await countedOf("x()")).toEqual([
      [5, 7],
      [4, 4],
    ]);
  });
});

describe("complexity in further languages", () => {
  // if 1, its operator 1, else-if 1, else 1, loop in it 2, condition in that 3; paths: 1 + if, operator, else-if, loop, if.
  const samples: Record<string, string> = {
    csharp:
      "class A { void F() { if (a && b) { X(); } else if (c) { X(); } else { foreach (var x in y) { if (d) { X(); } } } } }",
    c: "void f(void) { if (a && b) { x(); } else if (c) { x(); } else { for (;;) { if (d) { x(); } } } }",
    cpp: "void A::f() { if (a && b) { x(); } else if (c) { x(); } else { for (auto x : y) { if (d) { x(); } } } }",
    php: "<?php function f() { if ($a && $b) { x(); } else if ($c) { x(); } else { foreach ($y as $x) { if ($d) { x(); } } } }",
    ruby: "def f\n if a && b\n x\n elsif c\n x\n else\n while y\n if d\n x\n end\n end\n end\nend",
    shellscript: "f() { if a && b; then x; elif c; then x; else for x in y; do if d; then x; fi; done; fi; }",
  };

  it.each(Object.entries(samples))("is as computed by hand in %s", async (language, text) => {
    expect(await measure(language, text)).toEqual([[9, 6]]);
  });

  it("is as computed by hand in PowerShell, where operators do not count yet", async () => {
    const text =
      "function F {\n if ($a) { X }\n elseif ($c) { X }\n else {\n foreach ($x in $y) {\n if ($d) { X }\n }\n }\n}\n";
    expect(await measure("powershell", text)).toEqual([[8, 5]]);
  });
});
