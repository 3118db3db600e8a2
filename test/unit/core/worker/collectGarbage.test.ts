import { expect, test, vi } from "vitest";
import { collectGarbage, collectOnceGrown } from "../../../../src/core/worker/collectGarbage.ts";
import { committedBytes, leaveGarbage } from "../../../support/leaveGarbage.ts";

const MB = 1024 * 1024;
test("what nobody holds any more is given back, pages and all", async () => {
  await collectGarbage();
  const before = committedBytes();
  const full = leaveGarbage();
  expect(full - before).toBeGreaterThan(20 * MB);
  await collectGarbage();
  expect(committedBytes() - before).toBeLessThan(4 * MB);
});

test("a heap that has grown by that much is collected, a smaller one is let be", async () => {
  await collectGarbage();
  const before = committedBytes();
  const full = leaveGarbage();
  await collectOnceGrown(full);
  expect(committedBytes()).toBe(full);
  await collectOnceGrown(20 * MB);
  expect(committedBytes() - before).toBeLessThan(4 * MB);
});

test("where it is not to be had, work goes on without", async () => {
  vi.resetModules();
  vi.doMock("node:vm", () => ({
    runInNewContext() {
      asked++;
      throw new ReferenceError("gc is not defined");
    },
  }));
  let asked = 0;
  const without = await import("../../../../src/core/worker/collectGarbage.ts");
  try {
    await without.collectOnceGrown(-1_000 * MB);
    await without.collectOnceGrown(-1_000 * MB);
    expect(asked).toBe(1);
    await expect(without.collectGarbage()).rejects.toThrow("gc is not defined");
  } finally {
    vi.doUnmock("node:vm");
  }
});

test("no other code is given the means", async () => {
  await collectGarbage();
  expect("gc" in globalThis).toBe(false);
  const { runInNewContext } = await import("node:vm");
  expect(runInNewContext("typeof gc")).toBe("undefined");
});
