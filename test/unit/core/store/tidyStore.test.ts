import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { createStoreHost } from "../../../../src/core/store/storeHost.ts";
import { collectGarbage } from "../../../../src/core/worker/collectGarbage.ts";
import { committedBytes, leaveGarbage } from "../../../support/leaveGarbage.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const MB = 1024 * 1024;
test("what much work leaves in the store's thread is given back after its answer", async () => {
  const host = createStoreHost({ folder: temporaryFolder(), ownerId: "one" });
  onTestFinished(async () => void (await host.close()));
  await host.open();
  await collectGarbage();
  const before = committedBytes();
  expect(leaveGarbage() - before).toBeGreaterThan(20 * MB);
  await host.saveAnalyses([]);
  expect(committedBytes() - before).toBeGreaterThan(20 * MB);
  await setImmediate();
  await setImmediate();
  expect(committedBytes() - before).toBeLessThan(4 * MB);
});
