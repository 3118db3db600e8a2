import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hotSpotScore, triage } from "../../../../src/core/offline/triage.ts";

const plain = { cognitiveComplexity: 3, lines: 40, sizeBytes: 900, sinks: [] };
const count = fc.nat({ max: 100_000 });

describe("triage", () => {
  it("calls a short file without sinks simple, and says nothing", () => {
    expect(triage(plain)).toEqual({ level: "simple", reasons: [] });
  });

  it("names each reason once, most weighty first", () => {
    const facts = {
      cognitiveComplexity: 31,
      lines: 700,
      sizeBytes: 50_000,
      sinks: ["weak-hash", "sql-injection", "weak-hash"],
    };
    expect(triage(facts)).toEqual({
      level: "complex",
      reasons: ["security findings: sql-injection, weak-hash", "a function of cognitive complexity 31", "700 lines"],
    });
  });

  it("is complex exactly above its limits", () => {
    expect(triage({ ...plain, cognitiveComplexity: 25, lines: 600, sizeBytes: 40_000 }).level).toBe("simple");
    expect(triage({ ...plain, cognitiveComplexity: 26 }).level).toBe("complex");
    expect(triage({ ...plain, lines: 601 }).level).toBe("complex");
    expect(triage({ ...plain, sizeBytes: 40_001 }).reasons).toEqual(["40001 bytes"]);
  });
});

describe("hotSpotScore", () => {
  it("never falls when anything grows", () => {
    fc.assert(
      fc.property(count, count, count, count, (complexity, lines, commits, importers) => {
        const content = { ...plain, cognitiveComplexity: complexity, lines };
        const score = hotSpotScore(content, { commits, importers });
        expect(
          hotSpotScore({ ...content, cognitiveComplexity: complexity + 1 }, { commits, importers }),
        ).toBeGreaterThan(score);
        expect(hotSpotScore(content, { commits: commits + 1, importers })).toBeGreaterThan(score);
        expect(hotSpotScore(content, { commits, importers: importers + 1 })).toBeGreaterThan(score);
      }),
    );
  });
});
