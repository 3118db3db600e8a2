import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonParts } from "../../../../src/core/store/jsonParts.ts";

const join = (value: unknown) => [...jsonParts(value)].join("");

describe("jsonParts", () => {
  it("gives together what JSON.stringify does", () => {
    const { value } = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.string({ unit: "binary" }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constant(undefined),
      ),
      value: fc.oneof(
        { maxDepth: 4 },
        tie("leaf"),
        fc.array(tie("value"), { maxLength: 5 }),
        fc.dictionary(fc.string({ unit: "binary" }), tie("value"), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 700 }), (one, times) => {
        const list = Array.from({ length: times }, (_, at) => (at % 7 === 0 ? undefined : [at, one]));
        const byKey = Object.fromEntries(list.map((own, at) => [`key "${at}"`, own]));
        const whole = { one, list, byKey, nested: { list }, last: undefined };
        expect(join(whole)).toBe(JSON.stringify(whole));
      }),
    );
  });

  it("takes alone what no object is around", () => {
    for (const value of [[], {}, "text", 3, null, [undefined], new Date(0)]) {
      expect(join(value)).toBe(JSON.stringify(value));
    }
    expect(join(undefined)).toBe("null");
  });

  it("gives none that is large, however many there are", () => {
    const files = Array.from({ length: 10_000 }, (_, at) => ({ path: `src/file${at}.ts`, findings: at }));
    const hashes = Object.fromEntries(files.map(({ path }) => [path, "0".repeat(64)]));
    const lengths = [...jsonParts({ report: { files }, hashes })].map((part) => part.length);
    expect(Math.max(...lengths)).toBeLessThan(16 * 1024);
  });
});
