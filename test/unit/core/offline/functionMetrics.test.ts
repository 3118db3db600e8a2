import { beforeAll, describe, expect, it } from "vitest";
import { createMetricsReader } from "../../../../src/core/offline/functionMetrics.ts";
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
  const grammar = (await syntax.grammar(language))!;
  const patterns = languageSupport(language)!.families.map((family) => rule.patterns.get(family) ?? "");
  const tree = syntax.parse(grammar, text);
  try {
    const metrics = createMetricsReader(grammar, patterns.join("\n")).read(tree);
    return metrics.map(({ cognitive, cyclomatic }) => [cognitive, cyclomatic]);
  } finally {
    tree.delete();
  }
}

const score = async (condition: string) =>
  (await measure("typescript", `function f() { return ${condition}; }`))[0]![0];

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
    expect(await score("a && b || c")).toBe(2);
    expect(await score("a && b || c && d")).toBe(3);
    expect(await score("a ?? b")).toBe(0);
  });

  it("adds a callback to the function around it, one level deeper", async () => {
    const text = "function f(items) { if (items) { items.map((one) => { if (one) { g(one); } }); } }";
    // if: 1, inner if: 1 + two levels (the outer if and the callback)
    expect(await measure("typescript", text)).toEqual([[4, 3]]);
  });

  it("leaves the callbacks of a mere wrapper on their own", async () => {
    const text = "describe('x', () => { it('a', () => { if (a) b(); }); it('c', () => { if (c) d(); }); });";
    expect(await measure("typescript", text)).toEqual([
      [1, 2],
      [1, 2],
      [0, 1],
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
