import fc from "fast-check";
import { expect, test } from "vitest";
import { createCoalescer } from "../../../../src/extension/webview/coalescer.ts";
import { fakeTimer } from "../../../support/fakeTimer.ts";

test("many requests in one interval end in one flush, not later than the interval", () => {
  const timer = fakeTimer();
  const flushes: number[] = [];
  const coalescer = createCoalescer(() => flushes.push(timer.nowMs()), timer.schedule);
  coalescer.request();
  timer.advance(20);
  coalescer.request();
  coalescer.request();
  expect(flushes).toEqual([]);
  timer.advance(30);
  expect(flushes).toEqual([50]);
  timer.advance(500);
  expect(flushes).toEqual([50]);
});

test("flushing at once calls off the flush that was due", () => {
  const timer = fakeTimer();
  const flushes: number[] = [];
  const coalescer = createCoalescer(() => flushes.push(timer.nowMs()), timer.schedule);
  coalescer.request();
  timer.advance(10);
  coalescer.flushNow();
  timer.advance(500);
  expect(flushes).toEqual([10]);
});

test("after the end nothing is flushed and no timer is left", () => {
  const timer = fakeTimer();
  let flushes = 0;
  const coalescer = createCoalescer(() => flushes++, timer.schedule);
  coalescer.request();
  coalescer.dispose();
  coalescer.request();
  coalescer.flushNow();
  expect(timer.pending()).toBe(0);
  timer.advance(500);
  expect(flushes).toBe(0);
});

test("whenever requests come, each is followed by a flush within 50 ms, and flushes are 50 ms apart", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 }), (gaps) => {
      const timer = fakeTimer();
      const flushes: number[] = [];
      const requests: number[] = [];
      const coalescer = createCoalescer(() => flushes.push(timer.nowMs()), timer.schedule);
      for (const gapMs of gaps) {
        timer.advance(gapMs);
        requests.push(timer.nowMs());
        coalescer.request();
      }
      timer.advance(50);
      for (const at of requests) expect(flushes.some((flush) => flush >= at && flush <= at + 50)).toBe(true);
      for (const [index, flush] of flushes.entries()) {
        if (index > 0) expect(flush - flushes[index - 1]!).toBeGreaterThanOrEqual(50);
      }
    }),
  );
});
