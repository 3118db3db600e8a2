import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { followChanges, trackRange, type TextChange } from "../../../../src/extension/editor/trackedRange.ts";

interface Step {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly TextChange[];
  readonly inverse: readonly TextChange[];
}

/** One edit as an editor makes it, and the one that takes it back. */
function stepOf(before: string, at: number, removed: number, text: string): Step {
  const offset = at % (before.length + 1);
  const removedLength = removed % (before.length - offset + 1);
  const after = before.slice(0, offset) + text + before.slice(offset + removedLength);
  const gone = before.slice(offset, offset + removedLength);
  return {
    before,
    after,
    changes: [{ offset, removedLength, text }],
    inverse: [{ offset, removedLength: text.length, text: gone }],
  };
}

const edits = fc.array(
  fc.record({ at: fc.nat(200), removed: fc.nat(12), text: fc.string({ maxLength: 6, unit: "binary-ascii" }) }),
  { maxLength: 12 },
);

function stepsOf(text: string, given: readonly { at: number; removed: number; text: string }[]): Step[] {
  const steps: Step[] = [];
  for (const { at, removed, text: inserted } of given) {
    steps.push(stepOf(steps.at(-1)?.after ?? text, at, removed, inserted));
  }
  return steps;
}

const QUOTE = "«quote»";

describe("a range that follows edits", () => {
  it("is sound exactly when its text is the quote", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), edits, (before, after, given) => {
        const text = before + QUOTE + after;
        let range = trackRange(text, QUOTE, before.length);
        expect(range).toEqual({ start: before.length, end: before.length + QUOTE.length, isStale: false, lead: 0 });
        for (const step of stepsOf(text, given)) {
          range = followChanges(range, QUOTE, step.changes, () => step.after);
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThanOrEqual(step.after.length);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(step.after.slice(range.start, range.end) === QUOTE).toBe(!range.isStale);
        }
      }),
    );
  });

  it("is where it was once everything is undone", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), edits, (before, after, given) => {
        const text = before + QUOTE + after;
        const steps = stepsOf(text, given);
        const first = trackRange(text, QUOTE, before.length);
        const edited = steps.reduce(
          (range, step) => followChanges(range, QUOTE, step.changes, () => step.after),
          first,
        );
        const undone = steps.reduceRight(
          (range, step) => followChanges(range, QUOTE, step.inverse, () => step.before),
          edited,
        );
        expect(undone).toEqual(first);
      }),
    );
  });

  it("does not ask for the text while edits pass by", () => {
    const range = trackRange(`ab${QUOTE}cd`, QUOTE, 2);
    const unasked = () => {
      throw new Error("asked for the text");
    };
    const insert = (offset: number): TextChange => ({ offset, removedLength: 0, text: "xyz" });
    expect(followChanges(range, QUOTE, [insert(2)], unasked).start).toBe(5);
    expect(followChanges(range, QUOTE, [insert(2 + QUOTE.length)], unasked)).toEqual(range);
  });

  it("takes several changes of one event as what they are: places in the text before it", () => {
    const range = trackRange(`ab${QUOTE}cd`, QUOTE, 2);
    const changes = [
      { offset: 0, removedLength: 1, text: "" },
      { offset: 1, removedLength: 0, text: "12345" },
    ];
    for (const order of [changes, changes.toReversed()])
      expect(followChanges(range, QUOTE, order, () => "").start).toBe(6);
  });

  it("tells equal texts apart by where its own one was", () => {
    const text = "x = 1\nx = 1\nx = 1\n";
    const range = trackRange(text, "x = 1", 6);
    const gone = followChanges(range, "x = 1", [{ offset: 0, removedLength: text.length, text: "" }], () => "");
    expect(gone.isStale).toBe(true);
    expect(followChanges(gone, "x = 1", [{ offset: 0, removedLength: 0, text }], () => text).start).toBe(6);
  });

  it("is found nearest to where it should be, or is stale from the start", () => {
    expect(trackRange("x\n\nx\nyy", "x", 4)).toMatchObject({ start: 3, isStale: false });
    expect(trackRange("abc", "x", 1)).toEqual({ start: 1, end: 2, isStale: true, lead: 0 });
    expect(trackRange("abc", "x", 99)).toEqual({ start: 3, end: 3, isStale: true, lead: 0 });
  });
});
