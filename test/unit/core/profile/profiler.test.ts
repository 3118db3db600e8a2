import fc from "fast-check";
import { expect, test } from "vitest";
import { createProfiler, noProfiler, SPAN_NAMES } from "../../../../src/core/profile/profiler.ts";

function steppingProfiler(capacity?: number) {
  const clock = { ms: 0 };
  return { clock, profiler: createProfiler(() => clock.ms, capacity) };
}

test("a span has a beginning, an end, a parent and a detail", () => {
  const { clock, profiler } = steppingProfiler();
  const run = profiler.begin("run");
  clock.ms = 5;
  const unit = profiler.begin("unit", run, "src/a.ts");
  clock.ms = 8;
  profiler.end(unit);
  clock.ms = 9;
  profiler.end(unit);
  expect(profiler.spans()).toEqual([
    { id: run, name: "run", parent: 0, startMs: 0, endMs: null, detail: null },
    { id: unit, name: "unit", parent: run, startMs: 5, endMs: 8, detail: "src/a.ts" },
  ]);
  expect(profiler.summary()).toEqual([{ name: "unit", count: 1, totalMs: 3, ms: { p50: 3, p95: 3, p99: 3, max: 3 } }]);
});

test("the newest spans are held, the figures are of all", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 400 }), (capacity, count) => {
      const { clock, profiler } = steppingProfiler(capacity);
      for (let index = 0; index < count; index++) {
        const id = profiler.begin("batch", 0, String(index));
        clock.ms += 2;
        profiler.end(id);
      }
      const held = profiler.spans().map((span) => Number(span.detail));
      const first = Math.max(0, count - capacity);
      expect(held).toEqual(Array.from({ length: count - first }, (_, index) => first + index));
      expect(profiler.dropped).toBe(first);
      expect(profiler.summary().reduce((sum, one) => sum + one.count, 0)).toBe(count);
    }),
  );
});

test("growing keeps what is held, however large the room", () => {
  const { profiler } = steppingProfiler(5_000);
  for (let index = 0; index < 4_999; index++) profiler.begin("unit", 0, String(index));
  expect(profiler.spans().map((span) => span.detail)).toEqual(Array.from({ length: 4_999 }, (_, index) => `${index}`));
});

test("what is forgotten or cleared cannot be ended", () => {
  const { profiler } = steppingProfiler(2);
  const old = profiler.begin("unit");
  profiler.begin("unit");
  profiler.begin("unit");
  profiler.end(old);
  expect(profiler.spans().every((span) => span.endMs === null)).toBe(true);
  const before = profiler.begin("unit");
  profiler.clear();
  const after = profiler.begin("batch");
  profiler.end(before);
  expect(after).toBeGreaterThan(before);
  expect(profiler.spans()).toMatchObject([{ name: "batch", endMs: null }]);
});

test("nobody looking records nothing", () => {
  noProfiler.end(noProfiler.begin("run"));
  expect([noProfiler.spans(), noProfiler.summary(), noProfiler.sizeBytes]).toEqual([[], [], 0]);
  expect(new Set(SPAN_NAMES).size).toBe(SPAN_NAMES.length);
});
