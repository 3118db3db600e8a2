import zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packJson, packJsonInParts, packText, unpackJson, unpackText } from "../../../../src/core/store/packedJson.ts";

const SEALED = ["key", 1] as const;

describe("what is packed", () => {
  it("comes back, whatever its size", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.string({ minLength: 20_000, maxLength: 90_000 }),
    );
    fc.assert(
      fc.property(text, fc.nat({ max: 40 }), (one, times) => {
        const value = Array.from({ length: times + 1 }, (_, at) => ({ at, one }));
        const { digest, body } = packJson(value, SEALED);
        expect(unpackJson(digest, body, SEALED)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(unpackText(packText(one, SEALED), SEALED)).toBe(Buffer.from(one).toString("utf8"));
      }),
      { numRuns: 60 },
    );
  });

  it("comes back from parts as from one piece", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.nat({ max: 3_000 }), async (one, times) => {
        const value = { one, rows: Array.from({ length: times }, (_, at) => ({ at, name: `row ${at}` })) };
        const { digest, body } = await packJsonInParts(value, SEALED);
        expect(digest).toEqual(packJson(value, SEALED).digest);
        expect(unpackJson(digest, body, SEALED)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(unpackJson(digest, body, ["another key"])).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it("lets others have their turn while it is packed in parts", async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => ({ at, name: `row ${at}`.repeat(8) }));
    let turns = 0;
    let isPacked = false;
    const take = () => {
      turns++;
      if (!isPacked) setImmediate(take);
    };
    setImmediate(take);
    await packJsonInParts({ rows }, SEALED);
    isPacked = true;
    expect(turns).toBeGreaterThan(10);
  });

  it("is read as it was packed before, with zlib's own sizes", () => {
    for (const length of [2, 500, 15_000, 40_000]) {
      const bytes = Buffer.from(JSON.stringify("abc def ".repeat(length / 8)));
      const { digest, body } = packJson(JSON.parse(bytes.toString()), SEALED);
      expect(unpackJson(digest, zlib.deflateRawSync(bytes, { level: 4 }), SEALED)).toBe(JSON.parse(bytes.toString()));
      expect(zlib.inflateRawSync(body)).toEqual(bytes);
    }
  });

  it("takes no more memory than it needs, small as it is", () => {
    const rows = Array.from({ length: 2_000 }, (_, at) => packJson([{ rule: "a", start: at, end: 2 }], SEALED).body);
    // Pieces of pools, as Node gives for what is small; with zlib's default each takes 16 KB of one.
    const pools = new Set(rows.map((body) => body.buffer));
    const bytes = [...pools].reduce((sum, pool) => sum + pool.byteLength, 0);
    expect(bytes).toBeLessThan(2_000 * 1_024);
  });
});
