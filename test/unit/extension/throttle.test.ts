import { describe, expect, it } from "vitest";
import { createThrottle, type Timers } from "../../../src/extension/throttle.ts";

/** Time that moves when the test says so. */
function manualTimers() {
  let now = 0;
  let due: { at: number; run: () => void }[] = [];
  const timers: Timers = {
    now: () => now,
    after(ms, run) {
      const one = { at: now + ms, run };
      due.push(one);
      return () => {
        due = due.filter((other) => other !== one);
      };
    },
  };
  const advance = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const next = due.filter((one) => one.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      due = due.filter((one) => one !== next);
      now = next.at;
      next.run();
    }
    now = end;
  };
  return { timers, advance };
}

function counted(intervalMs: number) {
  const { timers, advance } = manualTimers();
  const ranAt: number[] = [];
  const throttle = createThrottle(intervalMs, () => void ranAt.push(timers.now()), timers);
  return { throttle, advance, ranAt };
}

describe("throttle", () => {
  it("runs at once after a pause, then at most once per interval, and never loses the last request", () => {
    const { throttle, advance, ranAt } = counted(250);
    for (let step = 0; step < 100; step++) {
      throttle.request();
      advance(10);
    }
    advance(1_000);
    expect(ranAt).toEqual([0, 250, 500, 750, 1_000]);
    throttle.request();
    advance(0);
    expect(ranAt.at(-1)).toBe(2_000);
  });

  it("makes one run of a burst", () => {
    const { throttle, advance, ranAt } = counted(100);
    for (let count = 0; count < 1_000; count++) throttle.request();
    expect(ranAt).toEqual([]);
    advance(0);
    expect(ranAt).toEqual([0]);
    advance(1_000);
    expect(ranAt).toEqual([0]);
  });

  it("flushes only what is due, and is quiet after its end", () => {
    const { throttle, advance, ranAt } = counted(100);
    throttle.flush();
    expect(ranAt).toEqual([]);
    throttle.request();
    throttle.flush();
    advance(1_000);
    expect(ranAt).toEqual([0]);
    throttle.request();
    throttle.dispose();
    advance(1_000);
    expect(ranAt).toEqual([0]);
  });
});
