import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { applyEdit } from "../../../bench/recall/findEdits.ts";
import { formatMisses, formatRecall } from "../../../bench/recall/formatRecall.ts";
import { judgeRecall } from "../../../bench/recall/judgeRecall.ts";
import { measureRecall, type ReadableHost, type RecallRow } from "../../../bench/recall/measureRecall.ts";
import { familiesOf, LANGUAGES } from "../../../bench/recall/mutator.ts";
import { allMutators } from "../../../bench/recall/mutators/allMutators.ts";
import { plant } from "../../../bench/recall/plant.ts";
import { createRandom } from "../../../bench/recall/random.ts";
import { readRulePages } from "../../../bench/recall/rulePages.ts";
import { createSourceReader, type SourceReader } from "../../../bench/recall/sourceReader.ts";
import { createAnalyzer } from "../../../src/core/offline/analyzer.ts";
import { createCompileCount } from "../../../src/core/offline/withoutTierUp.ts";
import { recallHosts } from "./recallHosts.ts";

let reader: SourceReader;
const hosts = new Map<string, ReadableHost[]>();

beforeAll(async () => {
  reader = await createSourceReader(createCompileCount());
  for (const language of LANGUAGES) {
    hosts.set(language, await reader.sound([{ name: "host", text: recallHosts[language]! }], language));
  }
});

const hostOf = (language: string) => hosts.get(language)![0]!;
const shapesOf = (rule: string, language: string) =>
  familiesOf(language).flatMap((family) => allMutators.find((one) => one.rule === rule)?.shapes[family] ?? []);

describe("the mutators", () => {
  it("have at least three shapes for every rule and language that a page claims", () => {
    const scarce = readRulePages().flatMap(({ rule, languages }) =>
      languages.filter((language) => shapesOf(rule, language).length < 3).map((language) => `${rule}, ${language}`),
    );
    expect(scarce).toEqual([]);
  });

  it("plant nothing that no page claims", () => {
    const claims = new Set(readRulePages().flatMap(({ rule, languages }) => languages.map((one) => `${rule}, ${one}`)));
    const planted = allMutators.flatMap(({ rule }) =>
      LANGUAGES.filter((language) => shapesOf(rule, language).length > 0).map((language) => `${rule}, ${language}`),
    );
    expect(planted.filter((one) => !claims.has(one))).toEqual([]);
  });

  it("write code", async () => {
    const broken: string[] = [];
    for (const language of LANGUAGES) {
      for (const { rule } of allMutators) {
        for (const shape of shapesOf(rule, language)) {
          const { text, snippet } = plant({ ...hostOf(language), language, shape, random: createRandom("code") });
          if (!(await reader.parses(text, language))) broken.push(`${rule}, ${language}:\n${snippet}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });
});

describe("planting", () => {
  it("says where the defect is, and leaves the rest of the file as it was", () => {
    const cases = LANGUAGES.flatMap((language) =>
      allMutators.flatMap(({ rule }) => shapesOf(rule, language).map((shape) => ({ language, shape }))),
    ).filter(({ shape }) => !(typeof shape === "object" && shape.imports !== undefined));
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.string(), ({ language, shape }, seed) => {
        const host = hostOf(language);
        const { text, snippet, startLine, endLine } = plant({ ...host, language, shape, random: createRandom(seed) });
        expect(text.replace(snippet, () => "")).toBe(host.text);
        const before = text.slice(0, text.indexOf(snippet)).split("\n").length;
        const after = before + snippet.split("\n").length - 2;
        expect(startLine).toBeGreaterThanOrEqual(before);
        expect(endLine).toBeLessThanOrEqual(after);
        expect(startLine).toBeLessThanOrEqual(endLine);
      }),
    );
  });

  it("counts the lines of what is marked alone", () => {
    const shape = "if (‹value›) {\n  «eval(‹value›)\n    .run();»\n}";
    const options = { ...hostOf("javascript"), language: "javascript", shape };
    for (const seed of ["a", "b", "c", "d", "e"]) {
      const { text, startLine, endLine } = plant({ ...options, random: createRandom(seed) });
      const lines = text.split("\n").slice(startLine - 1, endLine);
      expect(lines.map((line) => line.trim())).toEqual([expect.stringMatching(/^eval\(\w+\)$/), ".run();"]);
    }
  });

  it("puts an import behind the package clause and counts on from there", () => {
    const shape = { statement: "«token := rand.Int63()»", imports: 'import "math/rand"' };
    const one = plant({ ...hostOf("go"), language: "go", shape, random: createRandom("import") });
    expect(one.text).toMatch(/^package shapes\n\nimport "math\/rand"\n/);
    expect(one.text.split("\n")[one.startLine - 1]).toContain("rand.Int63()");
  });

  it("is the same for the same seed and differs for another", () => {
    const shape = "«‹call›(‹value›, ‹other›);»";
    const textOf = (seed: string) =>
      plant({ ...hostOf("javascript"), language: "javascript", shape, random: createRandom(seed) }).text;
    expect(textOf("a")).toBe(textOf("a"));
    expect(new Set(["a", "b", "c", "d"].map(textOf)).size).toBeGreaterThan(1);
  });

  it("takes no shape without a marked defect", () => {
    const options = { ...hostOf("javascript"), language: "javascript", random: createRandom("") };
    expect(() => plant({ ...options, shape: "‹call›();" })).toThrow(/No defect is marked/);
  });
});

const row = (rule: string, found: number, more: Partial<RecallRow> = {}): RecallRow => ({
  rule,
  language: "javascript",
  planted: 10,
  found,
  misses: [],
  broken: [],
  ...more,
});
const demand = { goal: 0.9, plants: 10, pages: [{ rule: "a", languages: ["javascript"] }] };

describe("the judgement", () => {
  it("is content when enough is found", () => {
    expect(judgeRecall([row("a", 9)], demand)).toEqual([]);
  });

  it("names what is below the goal, not measured, too few or no code", () => {
    expect(judgeRecall([row("a", 8)], demand)).toEqual(["80.0 % of all were found, not 90 %"]);
    expect(judgeRecall([row("b", 10)], demand)).toEqual(["a, javascript: claimed, but nothing was planted"]);
    expect(judgeRecall([row("a", 9, { planted: 9 })], demand)).toEqual(["a, javascript: only 9 were planted"]);
    expect(judgeRecall([row("a", 10, { broken: ["x"] })], demand)).toEqual([
      "a, javascript: 1 planted texts are no code",
    ]);
    expect(judgeRecall([row("b", 99, { planted: 99 }), row("a", 0)], demand)).toContain(
      "a, javascript: none was found",
    );
  });

  it("is red when a rule is switched off", async () => {
    const analyzer = await createAnalyzer();
    const measure = (off: string | null) =>
      measureRecall({
        mutators: allMutators.filter(({ rule }) => rule === "parse-in-map" || rule === "async-promise-executor"),
        languages: ["javascript"],
        hosts,
        analyze: async (text, language) =>
          (await analyzer.analyzeText(text, language, "source")).filter(({ rule }) => rule !== off),
        parses: reader.parses,
        seed: "test",
        plants: 10,
      });
    const pages = ["parse-in-map", "async-promise-executor"].map((rule) => ({ rule, languages: ["javascript"] }));
    expect(judgeRecall(await measure(null), { goal: 0.5, plants: 10, pages })).toEqual([]);
    expect(judgeRecall(await measure("parse-in-map"), { goal: 0.5, plants: 10, pages })).toContain(
      "parse-in-map, javascript: none was found",
    );
  });
});

describe("a finding", () => {
  const measureWith = async (finding: { rule: string; startLine: number; endLine: number }) => {
    const rows = await measureRecall({
      mutators: [{ rule: "a", promise: "", shapes: { ecmascript: ["«mistake();»"] } }],
      languages: ["javascript"],
      hosts,
      analyze: async () => [finding],
      parses: async () => true,
      seed: "test",
      plants: 3,
    });
    return rows[0]!.found;
  };

  it("counts when it is of that rule and meets the lines, and else not", async () => {
    expect(await measureWith({ rule: "a", startLine: 1, endLine: 99 })).toBe(3);
    expect(await measureWith({ rule: "b", startLine: 1, endLine: 99 })).toBe(0);
    expect(await measureWith({ rule: "a", startLine: 90, endLine: 99 })).toBe(0);
  });
});

describe("the words", () => {
  it("tell each shape that was missed once, without its margin, and cut what is long", () => {
    const misses = [
      { shape: 0, host: "x", snippet: "    if (a) {\n      b();\n    }\n" },
      { shape: 0, host: "x", snippet: "if (c) {\n}\n" },
      { shape: 1, host: "x", snippet: "line\n".repeat(40) },
    ];
    const text = formatMisses([row("a", 7, { misses }), row("b", 10)]);
    expect(text).toContain("## a, javascript: 7 of 10 found\n");
    expect(text).toContain("Missed 2 times:\n\n```javascript\nif (a) {\n  b();\n}\n```");
    expect(text).toContain("(16 more lines)");
    expect(text).not.toContain("if (c)");
    expect(text).not.toContain("## b");
  });

  it("sum languages and all", () => {
    expect(formatRecall([row("a", 7), row("b", 10)])).toMatch(/^all +20 +17 +85\.0 %$/m);
  });
});

describe("slips in code that is there", () => {
  /** The changed text of each slip of a rule. */
  const slips = async (rule: string, language: string, text: string) => {
    const [host] = await reader.sound([{ name: "host", text }], language);
    return (host!.edits.get(rule) ?? []).map((edit) => applyEdit(text, edit));
  };

  it.each([
    ["self-comparison", "javascript", "left.id === right.id", "left.id === left.id"],
    ["self-assignment", "javascript", "this.a = b;", "this.a = this.a;"],
    ["assignment-in-condition", "javascript", "if (a === 1) b();", "if (a = 1) b();"],
    ["loop-direction", "javascript", "for (let i = 0; i < n; i++) b(i);", "for (let i = 0; i < n; i--) b(i);"],
    ["loop-direction", "go", "for i := 0; i < n; i++ { b() }", "for i := 0; i < n; i-- { b() }"],
    ["identical-branches", "java", "if (a) { b(); } else { c(); }", "if (a) { b(); } else { b(); }"],
    [
      "duplicate-condition",
      "javascript",
      "if (a) { b(); } else if (c) { d(); }",
      "if (a) { b(); } else if (a) { d(); }",
    ],
    ["swallowed-error", "javascript", "try { a(); } catch (e) { b(e); }", "try { a(); } catch (e) {\n}"],
    ["unreachable-code", "javascript", "a();\n  return 1;", "return 1;\n  a();"],
  ])("%s, %s: %s", async (rule, language, sound, wrong) => {
    const around: Readonly<Record<string, readonly [string, string]>> = {
      javascript: ["function f() {\n  g();\n  ", "\n}\n"],
      java: ["class A {\n  void f() {\n    g();\n    ", "\n  }\n}\n"],
      go: ["package a\n\nfunc f() {\n\tg()\n\t", "\n}\n"],
    };
    const [before, after] = around[language]!;
    const changed = await slips(rule, language, before + sound + after);
    expect(changed.map(({ text }) => text)).toEqual([before + wrong + after]);
    const lines = changed[0]!.text.split("\n").slice(changed[0]!.startLine - 1, changed[0]!.endLine);
    expect(lines.join("\n").trim()).toBe(wrong);
  });

  it("leave alone what is right on purpose, or could be", async () => {
    const text = [
      "function f(x) {",
      "  g();",
      "  const isNumber = x === y;",
      "  if (ask()) { g(); } else if (b) { h(); }",
      "  return a(1) > a(2);",
      "}",
      "",
    ].join("\n");
    expect(await slips("self-comparison", "javascript", text)).toEqual([]);
    expect(await slips("duplicate-condition", "javascript", text)).toEqual([]);
    expect(await slips("self-assignment", "python", "class A:\n    def g(self):\n        h()\n    b = c\n")).toEqual(
      [],
    );
  });

  it("are counted beside what is planted", async () => {
    const text = "function f() {\n  g();\n  return a.b > c.d;\n}\n";
    const sound = await reader.sound([{ name: "host", text }], "javascript");
    const rows = await measureRecall({
      mutators: [{ rule: "self-comparison", promise: "", shapes: { ecmascript: ["«a > a;»"] } }],
      languages: ["javascript"],
      hosts: new Map([["javascript", sound]]),
      analyze: async (changed) =>
        changed.includes("return a.b > a.b;") ? [{ rule: "self-comparison", startLine: 3, endLine: 3 }] : [],
      parses: reader.parses,
      seed: "test",
      plants: 10,
    });
    expect(rows[0]).toMatchObject({ planted: 11, found: 1 });
  });
});
