import { expect, test } from "vitest";
import { runInSlices } from "../../../src/webview/report/runInSlices.ts";

/** Every step takes `stepMs`. */
function scripted(stepMs: number) {
  let nowMs = 0;
  const later: (() => void)[] = [];
  const clock = { nowMs: () => nowMs, later: (run: () => void) => void later.push(run) };
  function* steps(count: number): Generator<void, string> {
    for (let step = 0; step < count; step += 1) {
      nowMs += stepMs;
      yield;
    }
    return "done";
  }
  return { clock, later, steps };
}

test("little work is done on return", () => {
  const { clock, later, steps } = scripted(1);
  const results: string[] = [];
  runInSlices(steps(5), (result) => results.push(result), clock);
  expect([results, later]).toEqual([["done"], []]);
});

test("much work is cut, and no slice is longer than one step more than its time", () => {
  const { clock, later, steps } = scripted(5);
  const results: string[] = [];
  runInSlices(steps(20), (result) => results.push(result), clock);
  const slicesMs: number[] = [];
  for (let run = later.shift(); run; run = later.shift()) {
    const startMs = clock.nowMs();
    run();
    slicesMs.push(clock.nowMs() - startMs);
  }
  expect(results).toEqual(["done"]);
  expect(slicesMs.length).toBeGreaterThan(3);
  expect(Math.max(...slicesMs)).toBeLessThanOrEqual(17);
});

test("called off, it never reports", () => {
  const { clock, later, steps } = scripted(50);
  const results: string[] = [];
  runInSlices(steps(20), (result) => results.push(result), clock)();
  for (let run = later.shift(); run; run = later.shift()) run();
  expect(results).toEqual([]);
});
