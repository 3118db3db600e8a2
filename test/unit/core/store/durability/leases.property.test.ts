import fc from "fast-check";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { LeaseModel, leaseCommands, openClients } from "../../../../support/durability/leaseCommands.ts";
import { temporaryFolder } from "../../../../support/temporaryFolder.ts";

/** More of them, and others every time, by the environment: `ONCEOVER_PROPERTY_RUNS=2000`. */
const ASKED = process.env["ONCEOVER_PROPERTY_RUNS"];
const RUNS = Number(ASKED ?? 40);

describe("reviews and leases of several processes", () => {
  // The heartbeat is one of the commands.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval"] }));
  afterEach(() => void vi.useRealTimers());

  it("never pays twice while a lease holds, and loses no settlement", { timeout: 120_000 + RUNS * 2_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(leaseCommands(), { maxCommands: 80, size: "max" }), async (commands) => {
        const real = await openClients(temporaryFolder());
        try {
          await fc.asyncModelRun(() => ({ model: new LeaseModel(), real }), commands);
        } finally {
          await real.close();
        }
      }),
      { numRuns: RUNS, ...(ASKED === undefined && { seed: 20_261_122 }) },
    );
  });
});
