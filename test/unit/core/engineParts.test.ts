import { expect, it, onTestFinished, vi } from "vitest";
import { openEngine, requestFor } from "../../support/engineFixture.ts";
import { committedBytes, leaveGarbage } from "../../support/leaveGarbage.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const MB = 1024 * 1024;

it("gives back what a run has taken once there has been nothing to do for a minute", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = temporaryFolder({ "a.ts": "export const a = 1;\n", "b.py": "import a\n" });
  const engine = await openEngine();
  // Asked before the run, while it goes on and after it.
  const resident = vi.spyOn(process.memoryUsage, "rss");
  resident.mockReturnValueOnce(100 * MB).mockReturnValue(200 * MB);
  onTestFinished(() => resident.mockRestore());
  await engine.run(requestFor(folder));
  const before = committedBytes();
  expect(leaveGarbage() - before).toBeGreaterThan(20 * MB);
  vi.advanceTimersByTime(60_000);
  await expect.poll(() => committedBytes() - before).toBeLessThan(4 * MB);
  // The store's thread is as ready as it was.
  const again = await engine.run(requestFor(folder));
  expect(again.coverage.cached).toBe(again.coverage.files);
});
