import fc from "fast-check";
import { expect, test } from "vitest";
import { createBatchPacker } from "../../../../../src/core/review/overnight/batchPacker.ts";

test("every request is in exactly one batch, in order, and no batch holds more than it may", () => {
  const lines = fc.array(fc.string({ maxLength: 40, unit: "grapheme" }), { maxLength: 60 });
  const limits = fc.record({ requests: fc.integer({ min: 1, max: 10 }), bytes: fc.integer({ min: 1, max: 200 }) });
  fc.assert(
    fc.property(lines, limits, (texts, limit) => {
      const packer = createBatchPacker<{ readonly line: string }>(limit);
      const items = texts.map((line) => ({ line }));
      const batches = items.flatMap((item) => {
        const full = packer.add(item);
        return full ? [full] : [];
      });
      batches.push(packer.rest());
      expect(batches.flat()).toEqual(items);
      for (const batch of batches) {
        expect(batch.length).toBeLessThanOrEqual(limit.requests);
        const bytes = batch.reduce((sum, { line }) => sum + Buffer.byteLength(line) + 1, 0);
        // One that is too large by itself goes alone.
        expect(bytes <= limit.bytes || batch.length === 1).toBe(true);
      }
      expect(packer.rest()).toEqual([]);
    }),
  );
});
