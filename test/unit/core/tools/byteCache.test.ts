import fc from "fast-check";
import { expect, test } from "vitest";
import { createByteCache } from "../../../../src/core/tools/byteCache.ts";

test("a byte cache never holds more than it may, and agrees with a list that is kept by hand", () => {
  const key = fc.constantFrom("a", "b", "c", "d", "e");
  const step = fc.oneof(
    fc.record({ do: fc.constant("set" as const), key, size: fc.integer({ min: 0, max: 900 }) }),
    fc.record({ do: fc.constantFrom("get" as const, "delete" as const), key }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const cache = createByteCache<number>(1_500);
      let model: { key: string; value: number; bytes: number }[] = [];
      for (const [value, one] of steps.entries()) {
        const found = model.find(({ key }) => key === one.key);
        if (one.do === "get") {
          expect(cache.get(one.key)).toBe(found?.value);
          if (found) model = [...model.filter((other) => other !== found), found];
        } else {
          model = model.filter((other) => other !== found);
          if (one.do === "delete") cache.delete(one.key);
          if (one.do === "set") {
            cache.set(one.key, value, one.size);
            model.push({ key: one.key, value, bytes: one.size + 102 });
            while (model.reduce((sum, { bytes }) => sum + bytes, 0) > 1_500) model.shift();
          }
        }
        expect(cache.count).toBe(model.length);
        expect(cache.sizeBytes).toBe(model.reduce((sum, { bytes }) => sum + bytes, 0));
      }
    }),
  );
});
