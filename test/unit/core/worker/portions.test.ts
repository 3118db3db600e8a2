import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createJoiner, intoPortions } from "../../../../src/core/worker/portions.ts";

/** As it crosses between threads. */
function cross(answer: unknown) {
  const { portions, rest } = intoPortions(answer);
  const joiner = createJoiner();
  const sizes = [...portions].map((portion) => {
    joiner.add(structuredClone(portion));
    return portion.some.length;
  });
  return { joined: joiner.join(structuredClone(rest)), sizes, rest };
}

describe("portions of an answer", () => {
  it("arrive as what was sent", () => {
    const list = fc.integer({ min: 0, max: 1_200 }).map((length) => Array.from({ length }, (_, at) => ({ at })));
    fc.assert(
      fc.property(list, list, fc.jsonValue(), (files, others, value) => {
        const answer = { files, value, others, none: undefined };
        const { joined, sizes } = cross(answer);
        expect(joined).toStrictEqual(answer);
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(256);
      }),
      { numRuns: 50 },
    );
  });

  it("are none where there is no long list, and of what is no plain object", () => {
    const long = Array.from({ length: 1_000 }, (_, at) => at);
    for (const answer of [
      long,
      [long],
      new Map([["files", long]]),
      undefined,
      null,
      3,
      "text",
      [1, 2],
      { files: [1] },
      new Uint8Array(9),
    ]) {
      const { sizes, rest } = cross(answer);
      expect(sizes).toEqual([]);
      expect(rest).toBe(answer);
    }
  });

  it("leave what was answered as it is", () => {
    const files = Array.from({ length: 1_000 }, (_, at) => at);
    const { rest } = cross({ files });
    expect(rest).toEqual({ files: [] });
    expect(files).toHaveLength(1_000);
  });
});
