import { expect, test } from "vitest";
import { createWatchdog } from "../../../../src/core/flow/watchdog.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";

function setUp(signal = new AbortController().signal) {
  const clock = createFakeClock();
  return { clock, watchdog: createWatchdog({ clock, idleMs: 60, totalMs: 200, signal }) };
}

test("ends what is silent, not before", async () => {
  const { clock, watchdog } = setUp();
  await clock.advance(59);
  expect(watchdog.signal.aborted).toBe(false);
  await clock.advance(1);
  expect([watchdog.signal.aborted, watchdog.expired]).toEqual([true, "idle"]);
  expect(clock.sleepers).toBe(0);
});

test("every sign of life renews it, up to the total", async () => {
  const { clock, watchdog } = setUp();
  for (let step = 0; step < 4; step++) {
    await clock.advance(49);
    watchdog.touch();
  }
  expect(watchdog.expired).toBeUndefined();
  await clock.advance(4);
  expect(watchdog.expired).toBe("total");
});

test("a jump of the wall clock changes nothing", async () => {
  const { clock, watchdog } = setUp();
  clock.setWallClock(0);
  await clock.advance(10);
  clock.setWallClock(9e12);
  await clock.advance(10);
  expect(watchdog.expired).toBeUndefined();
});

test("stopped, it never expires and leaves no timer", async () => {
  const { clock, watchdog } = setUp();
  watchdog.stop();
  await clock.advance(1_000);
  expect([watchdog.signal.aborted, watchdog.expired, clock.sleepers]).toEqual([false, undefined, 0]);
});

test("passes an outer abort on, with its reason", () => {
  const controller = new AbortController();
  const { watchdog } = setUp(controller.signal);
  controller.abort(new Error("enough"));
  expect(watchdog.signal.reason).toMatchObject({ message: "enough" });
  expect(watchdog.expired).toBeUndefined();
});
