import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLimiter, type LimiterOptions } from "../../../../src/core/flow/limiter.ts";
import type { RateLimits } from "../../../../src/core/model/model.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";

const NOTHING_SAID: RateLimits = {
  remainingRequests: null,
  limitRequests: null,
  resetRequestsMs: null,
  remainingTokens: null,
  limitTokens: null,
  resetTokensMs: null,
};

function setUp(options: Partial<LimiterOptions> = {}) {
  const clock = createFakeClock();
  const limits: number[] = [];
  const pauses: number[] = [];
  const limiter = createLimiter({
    maximum: 4,
    clock,
    random: () => 0,
    onChange: (limit) => limits.push(limit),
    onPause: (ms) => pauses.push(ms),
    ...options,
  });
  /** Starts tasks that end when told to. */
  const started: { name: string; atMs: number; end: () => void }[] = [];
  const start = (name: string, signal?: AbortSignal) =>
    limiter.run(
      () => new Promise<void>((resolve) => started.push({ name, atMs: clock.monotonicMs(), end: resolve })),
      signal,
    );
  return { clock, limiter, limits, pauses, started, start };
}

test("runs as many as allowed, in the order they came", async () => {
  const { clock, limiter, started, start } = setUp({ maximum: 2 });
  const all = ["a", "b", "c"].map((name) => start(name));
  await clock.advance(0);
  expect(started.map(({ name }) => name)).toEqual(["a", "b"]);
  expect([limiter.activeCount, limiter.pendingCount]).toEqual([2, 1]);
  started[0]!.end();
  await clock.advance(0);
  expect(started.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  started.forEach(({ end }) => end());
  await Promise.all(all);
  expect([limiter.activeCount, limiter.pendingCount]).toEqual([0, 0]);
});

test("a task's failure is its own", async () => {
  const { limiter } = setUp({ maximum: 1 });
  const failed = limiter.run(() => Promise.reject(new Error("no")));
  const next = limiter.run(async () => "yes");
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("yes");
});

describe("429", () => {
  test("pauses all lanes to the millisecond, also beyond a minute", async () => {
    const { clock, limiter, pauses, started, start } = setUp();
    void start("before");
    await clock.advance(0);
    limiter.rateLimited(90_001);
    expect(limiter.waitingMs).toBe(90_001);
    void start("after");
    await clock.advance(90_000);
    expect(started).toHaveLength(1);
    await clock.advance(1);
    expect(started[1]).toMatchObject({ name: "after", atMs: 90_001 });
    expect(pauses).toEqual([90_001]);
    expect(limiter.waitingMs).toBe(0);
  });

  test("halves once for a wave, and again for the next one", async () => {
    const { clock, limiter, limits, start } = setUp({ maximum: 16 });
    for (let index = 0; index < 16; index++) void start(`${index}`);
    await clock.advance(0);
    for (let index = 0; index < 16; index++) limiter.rateLimited(1_000);
    expect(limits).toEqual([8]);
    await clock.advance(1_000);
    // Nothing was started since: a straggler of the same wave.
    limiter.rateLimited(1_000);
    expect(limits).toEqual([8]);
    await clock.advance(1_000);
    await limiter.whenOpen();
    limiter.rateLimited(1_000);
    expect(limits).toEqual([8, 4]);
  });

  test("never goes below one", async () => {
    const { clock, limiter } = setUp({ maximum: 2 });
    for (let wave = 0; wave < 5; wave++) {
      await limiter.whenOpen();
      limiter.rateLimited(10);
      await clock.advance(10);
    }
    expect(limiter.limit).toBe(1);
  });

  test("without retry-after backs off from 0.5 s, doubling, up to 30 s", async () => {
    const { clock, limiter, pauses } = setUp({ random: () => 1 });
    for (let wave = 0; wave < 8; wave++) {
      await limiter.whenOpen();
      limiter.rateLimited(null);
      await clock.advance(30_000);
    }
    expect(pauses).toEqual([750, 1_500, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000]);
  });

  test("a longer wait replaces a shorter one, not the other way round", async () => {
    const { clock, limiter, started, start } = setUp();
    limiter.rateLimited(1_000);
    limiter.rateLimited(5_000);
    limiter.rateLimited(2_000);
    void start("late");
    await clock.advance(4_999);
    expect(started).toHaveLength(0);
    await clock.advance(1);
    expect(started).toHaveLength(1);
  });
});

test("grows by one for each round of successes, up to the maximum", async () => {
  const { limiter, limits, clock } = setUp({ maximum: 4 });
  await limiter.whenOpen();
  limiter.rateLimited(100);
  limiter.succeeded(null); // During the pause: says nothing about more.
  await clock.advance(100);
  for (let success = 0; success < 20; success++) limiter.succeeded(null);
  expect(limits).toEqual([2, 3, 4]);
});

test("when the headers say that nothing is left, waits for the reset", async () => {
  const { clock, limiter, started, start } = setUp();
  limiter.observe({ ...NOTHING_SAID, remainingRequests: 0, resetRequestsMs: 700 });
  limiter.succeeded({ ...NOTHING_SAID, remainingRequests: 3, resetRequestsMs: 60_000 });
  void start("a");
  await clock.advance(699);
  expect(started).toHaveLength(0);
  await clock.advance(1);
  expect(started).toHaveLength(1);
});

describe("aborting", () => {
  test("before the turn has come rejects at once and never starts", async () => {
    const { clock, started, start } = setUp({ maximum: 1 });
    const controller = new AbortController();
    const first = start("first");
    const waiting = start("waiting", controller.signal);
    await clock.advance(0);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await expect(start("late", controller.signal)).rejects.toThrow("enough");
    started[0]!.end();
    await first;
    await clock.advance(0);
    expect(started).toHaveLength(1);
  });

  test("in a pause rejects at once and leaves no timer", async () => {
    const { clock, limiter, start } = setUp();
    limiter.rateLimited(60_000);
    const controller = new AbortController();
    const waiting = start("waiting", controller.signal);
    await clock.advance(10);
    expect(clock.sleepers).toBe(1);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(clock.sleepers).toBe(0);
  });
});

test("never runs more than the limit that held when they started, and all end", async () => {
  const step = fc.oneof(
    fc.constant("start" as const),
    fc.constant("end" as const),
    fc.constant("limited" as const),
    fc.constant("succeeded" as const),
    fc.constant("tick" as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 40 }), async (maximum, steps) => {
      const { clock, limiter, started, start } = setUp({ maximum });
      const running = new Set<object>();
      const all: Promise<void>[] = [];
      for (const one of steps) {
        const before = started.length;
        if (one === "start") all.push(start("x"));
        if (one === "end") started.find((task) => running.delete(task))?.end();
        if (one === "limited") limiter.rateLimited(50);
        if (one === "succeeded") limiter.succeeded(null);
        await clock.advance(one === "tick" ? 100 : 0);
        const fresh = started.slice(before);
        fresh.forEach((task) => running.add(task));
        expect(limiter.activeCount).toBe(running.size);
        if (fresh.length > 0) expect(running.size).toBeLessThanOrEqual(limiter.limit);
      }
      while (running.size > 0 || limiter.pendingCount > 0) {
        for (const task of started) if (running.delete(task)) task.end();
        const before = started.length;
        await clock.advance(100);
        started.slice(before).forEach((task) => running.add(task));
      }
      await Promise.all(all);
    }),
    { numRuns: 60 },
  );
});
