import { expect, it } from "vitest";
import { killProcesses } from "../../../../support/durability/killedProcesses.ts";
import { temporaryFolder } from "../../../../support/temporaryFolder.ts";

it(
  "loses nothing committed to kill -9, and pays again for what was in flight at most",
  { timeout: 300_000 },
  async () => {
    const concurrency = 4;
    const outcome = await killProcesses({ kills: 10, seed: 1, parent: temporaryFolder(), concurrency });
    expect(outcome.problems).toEqual([]);
    expect(outcome.mostRepaid).toBeLessThanOrEqual(concurrency);
  },
);
