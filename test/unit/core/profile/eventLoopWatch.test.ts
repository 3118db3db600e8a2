import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { createEventLoopWatch } from "../../../../src/core/profile/eventLoopWatch.ts";

/** Nothing else runs on this thread meanwhile. */
function blockFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test("says how late the event loop was while it looked, and forgets that when it begins anew", async () => {
  const watch = createEventLoopWatch();
  expect(watch.delayMs()).toBeNull();
  watch.begin();
  // Until it has looked once there is nothing to be late against.
  while (watch.delayMs() === null) await setImmediate();
  blockFor(200);
  while (watch.delayMs()!.max < 150) await setImmediate();
  watch.end();
  const seen = watch.delayMs()!;
  expect(seen.max).toBeGreaterThanOrEqual(seen.p99);
  expect(seen.p99).toBeGreaterThanOrEqual(seen.p50);
  expect(seen.p50).toBeGreaterThanOrEqual(0);
  blockFor(30);
  await setImmediate();
  expect(watch.delayMs()).toEqual(seen);
  watch.begin();
  expect(watch.delayMs()).toBeNull();
  watch.dispose();
});
