import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseEvicted, valueOf, type Evictable } from "../../../../src/core/cache/evictionOrder.ts";

const DAY_MS = 86_400_000;
const NOW = 1_000 * DAY_MS;
const one = (patch: Partial<Evictable>): Evictable => ({ bytes: 100, costMs: 5, uses: 1, usedAtMs: NOW, ...patch });

describe("valueOf", () => {
  it.each([
    ["dearer to make", one({ costMs: 6 })],
    ["used more often", one({ uses: 2 })],
    ["smaller", one({ bytes: 99 })],
  ])("is more for what is %s", (_what, better) => {
    expect(valueOf(better, NOW)).toBeGreaterThan(valueOf(one({}), NOW));
  });

  it("falls with every day without a use, and not below nothing when the clock jumped back", () => {
    expect(valueOf(one({ usedAtMs: NOW - 3 * DAY_MS }), NOW)).toBeLessThan(valueOf(one({}), NOW));
    expect(valueOf(one({ usedAtMs: NOW + DAY_MS }), NOW)).toBe(valueOf(one({}), NOW));
  });
});

describe("chooseEvicted", () => {
  const rows = fc.array(
    fc.record({
      bytes: fc.integer({ min: 1, max: 5_000 }),
      costMs: fc.integer({ min: 0, max: 100 }),
      uses: fc.nat(20),
      usedAtMs: fc.integer({ min: NOW - 90 * DAY_MS, max: NOW }),
    }),
    { maxLength: 40 },
  );

  it("makes the rest fit, takes no more than it must, and nothing that is worth more than what it leaves", () => {
    fc.assert(
      fc.property(rows, fc.nat(60_000), (all, maxBytes) => {
        const evicted = new Set(chooseEvicted(all, maxBytes, NOW));
        const kept = all.filter((row) => !evicted.has(row));
        const bytes = kept.reduce((sum, row) => sum + row.bytes, 0);
        expect(bytes).toBeLessThanOrEqual(maxBytes);
        const last = [...evicted].at(-1);
        if (last) expect(bytes + last.bytes).toBeGreaterThan(maxBytes);
        const worst = Math.min(...kept.map((row) => valueOf(row, NOW)));
        for (const row of evicted) expect(valueOf(row, NOW)).toBeLessThanOrEqual(worst);
      }),
    );
  });
});
