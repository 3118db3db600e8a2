import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryTier } from "../../../../src/core/cache/memoryTier.ts";

/** What each entry takes beside its value. */
const OVERHEAD = 200;

describe("createMemoryTier", () => {
  it("keeps what was used last, within its bytes", () => {
    const tier = createMemoryTier<string>(3 * (OVERHEAD + 1), (value) => value.length);
    for (const key of ["a", "b", "c"]) tier.save(key, key);
    tier.find("a");
    tier.save("d", "d");
    expect(["a", "b", "c", "d"].filter((key) => tier.find(key) !== undefined)).toEqual(["a", "c", "d"]);
    expect(tier.bytes).toBe(3 * (OVERHEAD + 1));
  });

  it("tells what it holds after every change", () => {
    const told: unknown[] = [];
    const tier = createMemoryTier<string>(
      1_000,
      (value) => value.length,
      (held) => told.push(held),
    );
    tier.save("a", "12345");
    tier.save("b", "1");
    tier.delete("a");
    tier.clear();
    const sizes = [OVERHEAD + 5, 2 * OVERHEAD + 6, OVERHEAD + 1, 0];
    expect(told).toEqual(sizes.map((bytes, at) => ({ bytes, count: [1, 2, 1, 0][at] })));
  });

  it("keeps nothing larger than itself, and nothing at all with no bytes", () => {
    const small = createMemoryTier<string>(OVERHEAD + 5, (value) => value.length);
    small.save("a", "12345");
    small.save("a", "123456");
    expect(small.find("a")).toBeUndefined();
    expect(small.bytes).toBe(0);
    const none = createMemoryTier<string>(0, () => 0);
    none.save("a", "");
    expect(none.count).toBe(0);
  });

  it("answers as a list would that is kept in order of use", () => {
    const key = fc.constantFrom("a", "b", "c", "d", "e");
    const step = fc.oneof(
      fc.tuple(fc.constant("save" as const), key, fc.integer({ min: 0, max: 900 })),
      fc.tuple(fc.constant("find" as const), key, fc.constant(0)),
      fc.tuple(fc.constant("delete" as const), key, fc.constant(0)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const maxBytes = 2_000;
        const tier = createMemoryTier<number>(maxBytes, (size) => size);
        let list: (readonly [string, number])[] = [];
        const without = (name: string) => list.filter(([own]) => own !== name);
        for (const [what, name, size] of steps) {
          const known = list.find(([own]) => own === name);
          if (what === "find") {
            expect(tier.find(name)).toBe(known?.[1]);
            if (known) list = [...without(name), known];
          } else if (what === "delete") {
            tier.delete(name);
            list = without(name);
          } else {
            tier.save(name, size);
            list = size + OVERHEAD > maxBytes ? without(name) : [...without(name), [name, size]];
            const bytesOf = () => list.reduce((sum, [, own]) => sum + own + OVERHEAD, 0);
            while (bytesOf() > maxBytes) list.shift();
          }
          expect(tier.bytes).toBe(list.reduce((sum, [, own]) => sum + own + OVERHEAD, 0));
          expect(tier.count).toBe(list.length);
        }
      }),
    );
  });
});
