import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMemoryProbe } from "../../../../src/core/profile/memoryProbe.ts";
import { slopePerMinute } from "../../../../src/core/profile/leakTrend.ts";
import {
  createMemoryWatcher,
  type MemoryHolder,
  type MemoryReading,
} from "../../../../src/core/profile/memoryWatcher.ts";
import { compareHolders } from "../../../../src/shared/memoryFigures.ts";
import { fractionOf } from "../../../support/providerSimulator/random.ts";

const MB = 1024 * 1024;
const reading: MemoryReading = { rssBytes: 200 * MB, heapBytes: 50 * MB, externalBytes: MB, collections: 0 };

function seeded(seed: number): () => number {
  let drawn = 0;
  return () => fractionOf(seed, drawn++);
}

function setUp(read: () => MemoryReading = () => reading) {
  const clock = { ms: 0 };
  const watcher = createMemoryWatcher({ monotonicMs: () => clock.ms, now: () => 1_763_700_000_000 + clock.ms, read });
  const held: Record<string, { bytes: number; count: number }> = {};
  const hold = (name: string, more: Partial<MemoryHolder> = {}) => {
    held[name] = { bytes: 0, count: 0 };
    return watcher.register({ name, measure: () => held[name]!, ...more });
  };
  return { clock, watcher, held, hold };
}

/** Clean courses of a holder over runs: `run` counts from 0. */
const cleanCourses: Readonly<Record<string, (run: number, random: () => number) => number>> = {
  "a level with noise": (_, random) => 20 * MB * (0.7 + 0.6 * random()),
  "a cache that fills soon": (run, random) => 64 * MB * (1 - Math.exp(-run / 5)) + MB * random(),
  "a sawtooth": (run, random) => 10 * MB + (run % 7) * 8 * MB + MB * random(),
  "another workspace now and then": (run, random) => (1 + (Math.floor(run / 25) % 4)) * 12 * MB + MB * random(),
  "runs about all and about one file": (_, random) => (random() < 0.5 ? 40 * MB : 2 * MB),
  "small growth without end": (run) => MB + run * 2_000,
};

describe("leaks", () => {
  test.each([1, 2, 3, 4, 5])("a thousand clean runs give no alert (%i)", (seed) => {
    const random = seeded(seed);
    const { watcher, held, hold } = setUp();
    for (const name of Object.keys(cleanCourses)) hold(name);
    for (let run = 0; run < 1_000; run++) {
      for (const [name, course] of Object.entries(cleanCourses))
        held[name] = { bytes: course(run, random), count: run };
      expect(watcher.endRun(1_000 * MB)).toBeNull();
    }
  });

  test.each([
    ["steady", (run: number) => 5 * MB + run * MB],
    ["from nothing", (run: number) => run * 0.5 * MB],
    ["on top of noise", (run: number, random: () => number) => 5 * MB + run * MB + 0.8 * MB * random()],
    ["on top of a sawtooth", (run: number) => 5 * MB + run * MB + (run % 3) * 3 * MB],
  ])("a planted one, %s, is found within 20 runs, and its holder named once", (_, course) => {
    const random = seeded(7);
    const { watcher, held, hold } = setUp();
    for (const name of Object.keys(cleanCourses)) hold(name);
    hold("planted");
    const alerts: [number, string][] = [];
    for (let run = 0; run < 60; run++) {
      for (const [name, clean] of Object.entries(cleanCourses)) held[name] = { bytes: clean(run, random), count: run };
      held["planted"] = { bytes: course(run, random), count: run };
      const alert = watcher.endRun(1_000 * MB);
      if (alert) alerts.push([run + 1, `${alert.kind} ${alert.holder}`]);
      // Named once, but shown for as long as it goes on.
      if (alerts.length > 0) expect(watcher.figures().alert).toMatchObject({ kind: "leak", holder: "planted" });
    }
    expect(alerts).toEqual([[expect.any(Number), "leak planted"]]);
    expect(alerts[0]![0]).toBeLessThanOrEqual(20);
  });

  test("of two the larger is named first", () => {
    const { watcher, held, hold } = setUp();
    hold("small");
    hold("large");
    const alerts: string[] = [];
    for (let run = 0; run < 40; run++) {
      held["small"] = { bytes: run * MB, count: run };
      held["large"] = { bytes: run * 4 * MB, count: run };
      const alert = watcher.endRun(1_000 * MB);
      if (alert) alerts.push(alert.holder);
    }
    expect(alerts[0]).toBe("large");
  });
});

describe("a holder with a bound", () => {
  test("may fill as slowly as it likes, and is named when it breaks its promise", () => {
    const { watcher, held, hold } = setUp();
    hold("cache", { boundBytes: 64 * MB });
    for (let run = 0; run < 64; run++) {
      held["cache"] = { bytes: (run + 1) * MB, count: run };
      expect(watcher.endRun(1_000 * MB)).toBeNull();
    }
    held["cache"] = { bytes: 66 * MB, count: 66 };
    expect(watcher.endRun(1_000 * MB)).toEqual({ kind: "leak", holder: "cache", bytes: 66 * MB, growthBytes: 2 * MB });
  });
});

describe("the limit", () => {
  test("what is worth least is trimmed first, and no more than needed", () => {
    const { watcher, held, hold } = setUp();
    const trimmed: string[] = [];
    const trim = (name: string) => () => {
      trimmed.push(name);
      held[name] = { bytes: 0, count: 0 };
    };
    hold("kept");
    hold("worth more", { trim: trim("worth more"), worth: 5 });
    hold("worth less", { trim: trim("worth less"), worth: 1 });
    held["kept"] = { bytes: 40 * MB, count: 1 };
    held["worth more"] = { bytes: 30 * MB, count: 1 };
    held["worth less"] = { bytes: 40 * MB, count: 1 };
    expect(watcher.endRun(100 * MB)).toBeNull();
    expect(trimmed).toEqual(["worth less"]);
    held["kept"] = { bytes: 90 * MB, count: 1 };
    expect(watcher.endRun(80 * MB)).toEqual({ kind: "limit", holder: "kept", bytes: 90 * MB, growthBytes: 10 * MB });
    expect(trimmed).toEqual(["worth less", "worth less", "worth more"]);
    expect(watcher.endRun(80 * MB)).toBeNull();
  });
});

describe("samples and snapshots", () => {
  test("are bounded, however long it goes on", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), (count) => {
        const { clock, watcher } = setUp();
        for (let index = 0; index < count; index++) {
          clock.ms += 1_000;
          watcher.sample();
        }
        const { samples } = watcher.figures();
        expect(samples.length).toBeLessThanOrEqual(240);
        expect(samples.at(-1)?.atMs ?? 0).toBe(count * 1_000);
        expect(samples.every((one, index) => index === 0 || one.atMs > samples[index - 1]!.atMs)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test("the trend is that of what collections left", () => {
    const now = { ...reading };
    const { clock, watcher } = setUp(() => now);
    for (let minute = 0; minute < 40; minute++) {
      clock.ms += 60_000;
      const isAfterCollection = minute % 4 === 3;
      Object.assign(now, {
        collections: Math.floor((minute + 1) / 4),
        heapBytes: 50 * MB + minute * MB + (isAfterCollection ? 0 : (minute % 4) * 30 * MB),
      });
      watcher.sample();
    }
    expect(watcher.figures().trendBytesPerMinute).toBeCloseTo(MB, 0);
    expect(slopePerMinute([])).toBeNull();
    expect(slopePerMinute(Array.from({ length: 9 }, () => ({ atMs: 1, bytes: 1 })))).toBeNull();
  });

  test("two snapshots are compared holder by holder", () => {
    const { watcher, held, hold } = setUp();
    hold("findings");
    const gone = hold("trace");
    held["findings"] = { bytes: 10, count: 1 };
    held["trace"] = { bytes: 70, count: 7 };
    const before = watcher.snapshot("asked");
    gone.dispose();
    held["findings"] = { bytes: 40, count: 3 };
    hold("same");
    const after = watcher.snapshot("run");
    expect(compareHolders(before.holders, after.holders)).toEqual([
      { name: "trace", bytes: 0, count: 0, bytesChange: -70, countChange: -7 },
      { name: "findings", bytes: 40, count: 3, bytesChange: 30, countChange: 2 },
    ]);
    expect(watcher.figures().snapshots.map(({ number, label }) => [number, label])).toEqual([
      [2, "run"],
      [1, "asked"],
    ]);
  });

  test("a probe reads this process", () => {
    const probe = createMemoryProbe();
    const { rssBytes, heapBytes, externalBytes, collections } = probe.read();
    probe.dispose();
    expect(rssBytes).toBeGreaterThan(heapBytes);
    expect(Math.min(heapBytes, externalBytes, collections + 1)).toBeGreaterThan(0);
  });
});
