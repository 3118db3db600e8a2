import v8 from "node:v8";
import { expect, test } from "vitest";
import { collectGarbage } from "../../../../src/core/worker/collectGarbage.ts";

const MB = 1024 * 1024;
const committedBytes = () => v8.getHeapStatistics().total_heap_size;

/** @returns how large the heap was with it */
function leaveGarbage(): number {
  const kept: object[] = [];
  while (kept.length < 1_000_000) kept.push({ at: kept.length });
  return committedBytes();
}

test("what nobody holds any more is given back, pages and all", async () => {
  await collectGarbage();
  const before = committedBytes();
  const full = leaveGarbage();
  expect(full - before).toBeGreaterThan(20 * MB);
  await collectGarbage();
  expect(committedBytes() - before).toBeLessThan(4 * MB);
});

test("no other code is given the means", async () => {
  await collectGarbage();
  expect("gc" in globalThis).toBe(false);
  const { runInNewContext } = await import("node:vm");
  expect(runInNewContext("typeof gc")).toBe("undefined");
});
