import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePack } from "../../../../src/core/review/parsePack.ts";
import { parseReply } from "../../../../src/core/review/parseReply.ts";
import { createStreamedPack, type StreamedUnitFinding } from "../../../../src/core/review/streamedPack.ts";

const FINDING = {
  quote: "const a = 1;",
  category: "bug",
  severity: "error",
  title: "Wrong result",
  scenario: "An empty list.",
  explanation: "It is not checked.",
  fix: null,
  confidence: 0.8,
  needs: null,
};

const finding = fc.record({
  quote: fc.string({ minLength: 1, unit: "grapheme" }),
  category: fc.constantFrom("bug", "security"),
  severity: fc.constantFrom("error", "warning", "info"),
  title: fc.string({ minLength: 1 }),
  scenario: fc.string({ unit: "grapheme" }),
  explanation: fc.string(),
  fix: fc.option(fc.string(), { nil: null }),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  needs: fc.constant(null),
});
const review = fc.record({ summary: fc.string({ unit: "grapheme" }), findings: fc.array(finding, { maxLength: 3 }) });
const replies = fc.array(review, { minLength: 1, maxLength: 5 }).map((reviews) => ({
  reviews,
  text: JSON.stringify({ reviews: reviews.map((one, at) => ({ unit: at + 1, ...one })) }),
}));

describe("parsePack", () => {
  it("reads each entry as a reply about one unit is read", () => {
    fc.assert(
      fc.property(replies, ({ reviews, text }) => {
        expect(parsePack(text, reviews.length)).toEqual(reviews.map((one) => parseReply(JSON.stringify(one))));
      }),
    );
  });

  it("keeps what is whole of a reply that was cut anywhere, and nothing else", () => {
    fc.assert(
      fc.property(replies, fc.double({ min: 0, max: 1, noNaN: true }), ({ reviews, text }, share) => {
        const end = Math.floor(text.length * share);
        const parsed = parsePack(text.slice(0, end), reviews.length);
        for (const [index, one] of reviews.entries()) {
          const entry = JSON.stringify({ unit: index + 1, ...one });
          const isWhole = text.indexOf(entry) + entry.length <= end;
          expect(parsed[index]).toEqual(isWhole ? parseReply(JSON.stringify(one)) : undefined);
        }
      }),
    );
  });

  it("takes anything without throwing, and never for a review of a unit that was not asked about", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.json().map((text) => `{"reviews":[${text}]}`),
    );
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 8 }), (text, count) => parsePack(text, count).length === count),
    );
  });

  it.each([
    ["no number", [{ summary: "", findings: [] }]],
    ["a number of no unit", [{ unit: 3, summary: "", findings: [] }]],
    ["half a number", [{ unit: 1.5, summary: "", findings: [] }]],
    ["findings that are none", [{ unit: 1, summary: "", findings: ["x"] }]],
    [
      "two entries for one unit",
      [
        { unit: 1, summary: "", findings: [] },
        { unit: 1, summary: "", findings: [FINDING] },
      ],
    ],
  ])("does not take %s for an answer", (_, reviews) => {
    expect(parsePack(JSON.stringify({ reviews }), 2)).toEqual([undefined, undefined]);
  });

  it("forgives fences and prose, and another order", () => {
    const text = `Here you are:\n\`\`\`json\n${JSON.stringify({
      reviews: [
        { unit: 2, summary: "two", findings: [] },
        { unit: 1, summary: "one", findings: [FINDING] },
      ],
    })}\n\`\`\`\nDone.`;
    expect(parsePack(text, 2).map((one) => one?.summary)).toEqual(["one", "two"]);
  });
});

describe("createStreamedPack", () => {
  const streamed = (text: string, count: number, cuts: readonly number[] = []) => {
    const seen: StreamedUnitFinding[] = [];
    const stream = createStreamedPack(count, (one) => void seen.push(one));
    let from = 0;
    for (const to of [...cuts.toSorted((a, b) => a - b), text.length]) {
      stream.push(text.slice(from, to));
      from = to;
    }
    return seen;
  };

  it("tells each finding at its title and when it is whole, at its own unit, wherever the reply is split", () => {
    fc.assert(
      fc.property(replies, fc.array(fc.nat(5_000)), ({ reviews, text }, cuts) => {
        const inside = cuts.map((cut) => cut % text.length);
        const expected = reviews.flatMap(({ findings }, index) =>
          findings.flatMap((one, position) =>
            [false, true].map((isWhole) => [index + 1, position, isWhole, one.title]),
          ),
        );
        const seen = streamed(text, reviews.length, inside);
        expect(seen.map((one) => [one.unit, one.position, one.isWhole, one.finding.title])).toEqual(expected);
      }),
    );
  });

  it("says nothing of units that were not asked about, and does not throw at nonsense", () => {
    const text = JSON.stringify({ reviews: [{ unit: 9, summary: "", findings: [FINDING] }] });
    expect(streamed(text, 2)).toEqual([]);
    fc.assert(fc.property(fc.string(), (noise) => void streamed(noise, 2)));
  });
});
