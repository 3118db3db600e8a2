import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprintFindings, type FingerprintedFinding } from "../../../../src/core/review/fingerprint.ts";

const finding = fc.record({
  rule: fc.constantFrom("one", "two", ""),
  category: fc.constantFrom("bug" as const, "security" as const),
  quote: fc.constantFrom("a = 1", "b()", "if (x) {\n  y()\n}"),
  startLine: fc.integer({ min: 1, max: 50 }),
  startColumn: fc.integer({ min: 1, max: 50 }),
});
/** No two at one place: which of those comes first would be arbitrary. */
const findings = fc.uniqueArray(finding, { selector: ({ startLine, startColumn }) => `${startLine}:${startColumn}` });

const shift = (one: FingerprintedFinding, lines: number) => ({ ...one, startLine: one.startLine + lines });

describe("fingerprintFindings", () => {
  it("gives each finding of a file its own id of 16 hex characters", () => {
    fc.assert(
      fc.property(findings, (all) => {
        const ids = fingerprintFindings(all);
        expect(ids).toHaveLength(all.length);
        expect(new Set(ids).size).toBe(all.length);
        for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });

  it("does not depend on the order in which they are handed in", () => {
    fc.assert(
      fc.property(findings, (all) => {
        expect(fingerprintFindings(all.toReversed())).toEqual(fingerprintFindings(all).toReversed());
      }),
    );
  });

  it("does not depend on line numbers, layout, wording or severity", () => {
    fc.assert(
      fc.property(findings, fc.nat(1000), (all, lines) => {
        const moved = all.map((one) => ({
          ...shift(one, lines),
          quote: `\t${one.quote.replaceAll(/\s+/g, "  \n ")}\r\n`,
          title: "worded anew",
          severity: "info",
        }));
        expect(fingerprintFindings(moved)).toEqual(fingerprintFindings(all));
      }),
    );
  });

  it("depends on rule and quoted code, and on the category where there is no rule", () => {
    const base: FingerprintedFinding = { rule: "r", category: "bug", quote: "a()", startLine: 1, startColumn: 1 };
    const id = (change: Partial<FingerprintedFinding>) => fingerprintFindings([{ ...base, ...change }])[0];
    expect(id({ rule: "s" })).not.toBe(id({}));
    expect(id({ quote: "b()" })).not.toBe(id({}));
    expect(id({ category: "security" })).toBe(id({}));
    expect(id({ rule: "", category: "security" })).not.toBe(id({ rule: "" }));
  });

  it("keeps the ids of earlier findings when one is added behind them", () => {
    fc.assert(
      fc.property(findings, finding, (all, added) => {
        const behind = shift(added, 100);
        expect(fingerprintFindings([...all, behind]).slice(0, all.length)).toEqual(fingerprintFindings(all));
      }),
    );
  });
});
