import fc from "fast-check";
import { expect, test } from "vitest";
import { packText } from "../../../../src/core/store/packedJson.ts";
import type { SharedAnswer, SharedLook, SharedReview } from "../../../../src/core/store/sharedAnswer.ts";
import { entryName, packAnswer, unpackAnswer } from "../../../../src/core/team/teamEntry.ts";

const about = { key: "k".repeat(64), model: "gpt-5-mini", recipe: "r", listPriceNano: 1_234 };

const review: SharedReview = {
  ...about,
  kind: "review",
  review: {
    summary: "Adds numbers.",
    dropped: 1,
    findings: [
      {
        startLine: 3,
        startColumn: 1,
        endLine: 3,
        endColumn: 9,
        severity: "error",
        category: "bug",
        rule: "bug",
        title: "Off by one",
        detail: "The last one is left out.",
        quote: "i < last",
        fix: { edits: [{ startLine: 3, startColumn: 1, endLine: 3, endColumn: 9, newText: "i <= last" }] },
        confidence: 0.9,
        source: "model",
        needs: "the caller",
      },
    ],
  },
};

const look: SharedLook = {
  ...about,
  kind: "look",
  place: "p",
  look: { verdict: "refuted", reason: "It is checked above.", evidence: null },
};

test("what is packed is read again as it was", () => {
  for (const answer of [review, look]) expect(unpackAnswer(entryName(answer), packAnswer(answer)!)).toEqual(answer);
});

test("a look that came to nothing is nobody else's", () => {
  expect(packAnswer({ ...look, look: { ...look.look, verdict: "unchecked" } })).toBeUndefined();
});

test("one flipped or missing byte makes it no answer, and so does another's name", () => {
  const packed = packAnswer(review)!;
  const place = fc.nat(packed.length - 1);
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = Uint8Array.from(packed);
      damaged[at]! ^= flip;
      const read = unpackAnswer(review.key, damaged);
      // Deflate has bits that mean nothing.
      if (read !== undefined) expect(read).toEqual(review);
      expect(unpackAnswer(review.key, packed.subarray(0, at))).toBeUndefined();
    }),
  );
  expect(unpackAnswer("another", packed)).toBeUndefined();
});

test("what was written by somebody else's program is taken only in this form", () => {
  const sealed = (value: unknown) => unpackAnswer(about.key, packText(JSON.stringify(value), [1, about.key]));
  const [finding] = review.review.findings;
  const withFinding = (patch: object): unknown => ({
    ...review,
    review: { ...review.review, findings: [{ ...finding, ...patch }] },
  });
  expect(sealed(review)).toEqual(review);
  const strange: unknown[] = [
    null,
    [],
    "review",
    { ...review, kind: "verdict" },
    { ...review, key: "another" },
    { ...review, listPriceNano: -1 },
    { ...review, review: { ...review.review, dropped: "1" } },
    withFinding({ startLine: 0 }),
    withFinding({ endColumn: 1.5 }),
    withFinding({ severity: "fatal" }),
    withFinding({ category: "style" }),
    withFinding({ source: "offline" }),
    withFinding({ confidence: 2 }),
    withFinding({ quote: 7 }),
    withFinding({ fix: { edits: [{ newText: "x" }] } }),
    withFinding({ secondLook: { verdict: "confirmed", reason: "", evidence: null } }),
    { ...look, look: { verdict: "pending", reason: "", evidence: null } },
  ];
  for (const one of strange) expect(sealed(one), JSON.stringify(one)).toBeUndefined();
  const broken = packText("{", [1, about.key]);
  expect(unpackAnswer(about.key, broken)).toBeUndefined();
});

test("a few kilobytes that unpack to megabytes more than a review can have are no answer", () => {
  // Spaces are no part of what the form is checked by.
  const bomb = (bytes: number) => packText(JSON.stringify(review) + " ".repeat(bytes), [1, about.key]);
  expect(unpackAnswer(about.key, bomb(1024))).toEqual(review);
  expect(bomb(9 * 1024 * 1024).length).toBeLessThan(64 * 1024);
  expect(unpackAnswer(about.key, bomb(9 * 1024 * 1024))).toBeUndefined();
});

test("a title of megabytes is no answer", () => {
  const [finding] = review.review.findings;
  const long: SharedAnswer = {
    ...review,
    review: { ...review.review, findings: [{ ...finding!, title: "x".repeat(200_000) }] },
  };
  expect(packAnswer(long)).toBeUndefined();
});
