import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimKey } from "../../../../../src/core/review/refuter/claims.ts";
import {
  excerptAround,
  MAX_EXCERPT_LENGTH,
  mergeSpans,
  signaturesIn,
  spanOfQuote,
} from "../../../../../src/core/review/refuter/excerpts.ts";
import { readVerdicts } from "../../../../../src/core/review/refuter/readVerdicts.ts";
import { whileLooking } from "../../../../../src/core/review/refuter/shownLook.ts";
import type { UnitFinding } from "../../../../../src/core/store/storedReview.ts";

const line = fc.stringMatching(/^[a-z (){};=]{0,60}$/);
const span = fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));

describe("the code around a quote", () => {
  it("holds the quote, in whole lines, and is bounded", () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 300, maxLength: 900 }),
        fc.nat(299),
        fc.array(span),
        (lines, at, symbols) => {
          const text = lines.join("\n");
          const start = lines.slice(0, at).join("\n").length + (at > 0 ? 1 : 0);
          const quote = { start, end: start + lines[at]!.length };
          const excerpt = excerptAround(text, symbols, quote);
          expect(excerpt.start).toBeLessThanOrEqual(quote.start);
          expect(excerpt.end).toBeGreaterThanOrEqual(quote.end);
          expect(excerpt.end - excerpt.start).toBeLessThanOrEqual(MAX_EXCERPT_LENGTH + 200);
          expect(excerpt.start === 0 || text[excerpt.start - 1] === "\n").toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is the largest declaration that is not too long", () => {
    const body = "x();\n".repeat(1_000);
    const text = `${body}function f() {\n${body.slice(0, 500)}}\n${body.repeat(3)}`;
    const from = text.indexOf("function f");
    const to = text.indexOf("}\n") + 1;
    const quote = { start: from + 16, end: from + 20 };
    const symbols = [{ start: 0, end: text.length }, { start: from, end: to }, quote];
    expect(excerptAround(text, symbols, quote)).toEqual({ start: from, end: to });
  });

  it("overlapping parts become one, and nothing is lost", () => {
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const merged = mergeSpans(spans);
        for (const [index, one] of merged.entries()) {
          if (index > 0) expect(one.start).toBeGreaterThan(merged[index - 1]!.end);
        }
        for (const one of spans) expect(merged.some((m) => m.start <= one.start && one.end <= m.end)).toBe(true);
      }),
    );
  });

  it("a quote is found where it was said to be, or not at all", () => {
    expect(spanOfQuote("a\nbc\n", { startLine: 2, startColumn: 1, quote: "bc" })).toEqual({ start: 2, end: 4 });
    expect(spanOfQuote("a\nbd\n", { startLine: 2, startColumn: 1, quote: "bc" })).toBeUndefined();
    expect(spanOfQuote("a", { startLine: 9, startColumn: 1, quote: "a" })).toBeUndefined();
  });

  it("only signatures that it names are sent along, with their members", () => {
    const text =
      "export function used(): void\n\nexport class Other\n  method(): void\nexport class Store\n  save(): void";
    const symbols = [{ name: "used" }, { name: "Other" }, { name: "Store" }];
    expect(signaturesIn("used(); new Store()", { text, symbols })).toBe(
      "export function used(): void\nexport class Store\n  save(): void",
    );
  });
});

const finding: UnitFinding = {
  startLine: 3,
  startColumn: 1,
  endLine: 3,
  endColumn: 9,
  severity: "error",
  category: "bug",
  rule: "bug",
  title: "Wrong",
  detail: "It goes wrong.",
  quote: "return 1",
  fix: null,
  confidence: 0.9,
  source: "model",
};

describe("a claim's key", () => {
  const evidence = { language: "typescript", role: "source", excerpt: "code", signatures: "" };

  it("does not hang on where the code stands, nor on how sure the model was", () => {
    const moved = { ...finding, startLine: 90, endLine: 90, confidence: 0.1 };
    expect(claimKey(moved, evidence, "r")).toBe(claimKey(finding, evidence, "r"));
  });

  it.each([
    [finding, { ...evidence, excerpt: "other" }, "r"],
    [finding, { ...evidence, signatures: "f()" }, "r"],
    [{ ...finding, title: "Other" }, evidence, "r"],
    [{ ...finding, needs: "callers" }, evidence, "r"],
    [finding, evidence, "s"],
  ] as const)("hangs on code, claim and recipe (%#)", (claim, shown, recipe) => {
    expect(claimKey(claim, shown, recipe)).not.toBe(claimKey(finding, evidence, "r"));
  });
});

describe("verdicts", () => {
  const reply = (...verdicts: object[]) => JSON.stringify({ verdicts });

  it("never throws, and gives one place to each claim", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.integer({ min: 1, max: 8 }), (raw, claims) => {
        const looks = readVerdicts(
          raw,
          Array.from({ length: claims }, () => ["code"]),
        );
        expect(looks === undefined || looks.length === claims).toBe(true);
      }),
    );
  });

  it("a refutation needs lines that were sent, all of them", () => {
    const said = { claim: 1, verdict: "refuted", reason: "It is checked." };
    const sent = ["if (x) {\n  return;\n}"];
    const verdictOf = (evidence: string | null) => readVerdicts(reply({ ...said, evidence }), [sent])![0]!.verdict;
    expect(verdictOf("if (x) {\nreturn;")).toBe("refuted");
    expect(verdictOf("if (x) {\nthrow x;")).toBe("undecided");
    expect(verdictOf("}")).toBe("undecided");
    expect(verdictOf(null)).toBe("undecided");
  });

  it("evidence from another claim's file proves nothing", () => {
    const said = { verdict: "refuted", reason: "It is checked.", evidence: "if (x) return;" };
    const looks = readVerdicts(reply({ ...said, claim: 1 }, { ...said, claim: 2 }), [["if (x) return;"], ["run();"]]);
    expect(looks?.map((look) => look?.verdict)).toEqual(["refuted", "undecided"]);
  });

  it("contradictions and strangers count for nothing", () => {
    const yes = { claim: 1, verdict: "confirmed", evidence: null, reason: "" };
    expect(readVerdicts(reply(yes, { ...yes, verdict: "undecided" }), [[]])).toBeUndefined();
    expect(readVerdicts(reply({ ...yes, claim: 7 }), [[]])).toBeUndefined();
    expect(readVerdicts(reply(yes), [[], []])).toMatchObject([{ verdict: "confirmed" }, undefined]);
  });
});

it("an error is a warning while it is being checked; all else is as it is", () => {
  expect(whileLooking(finding)).toMatchObject({ severity: "warning", secondLook: { verdict: "pending" } });
  const remark = { ...finding, severity: "info" } as const;
  expect(whileLooking(remark)).toBe(remark);
});
