import { describe, expect, it } from "vitest";
import { errorCode } from "../../../src/shared/errors.ts";
import { openEngine, openModelEngine, openSimulator, requestFor } from "../../support/engineFixture.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const isBusy = (error: unknown) => errorCode(error) === "store-busy";

describe("erasing all", () => {
  it("is refused from the run's beginning to its end, by another engine too, and then forgets the report", async () => {
    const storeFolder = temporaryFolder();
    const released = Promise.withResolvers<void>();
    const simulator = await openSimulator({ gate: () => released.promise });
    const engine = await openModelEngine(simulator, { storeFolder });
    const other = await openEngine({ settings: { storeFolder } });
    const request = requestFor(temporaryFolder({ "a.ts": "export const a = 1;\n" }));
    const planned = Promise.withResolvers<void>();
    const run = engine.run(request, {
      onEvent: ({ type }) => {
        if (type === "plan") planned.resolve();
      },
    });
    await planned.promise;
    await expect(engine.eraseAll()).rejects.toSatisfy(isBusy);
    await expect(other.eraseAll()).rejects.toSatisfy(isBusy);
    released.resolve();
    await run;
    expect(await other.lastReport(request)).not.toBeNull();
    expect(await other.cache.stats()).toMatchObject({ reviews: 1, runs: 1 });

    expect(await other.eraseAll()).toMatchObject({ reviews: 1, runs: 1, ledgerRows: 1 });
    expect(await engine.lastReport(request)).toBeNull();
    const again = await engine.estimate(request);
    expect(again).toMatchObject({ hits: 0, misses: 1 });
  });

  it("is not kept off by runs that came to nothing", async () => {
    const storeFolder = temporaryFolder();
    const simulator = await openSimulator();
    const request = requestFor(temporaryFolder({ "a.ts": "export const a = 1;\n" }));
    const refused = await openModelEngine(
      simulator,
      { storeFolder, provider: "anthropic", baseUrl: null },
      { key: "" },
    );
    await expect(refused.run(request)).rejects.toSatisfy((error) => errorCode(error) === "missing-key");
    const cancelled = await openEngine({ settings: { storeFolder } });
    const abort = new AbortController();
    const run = cancelled.run(request, { signal: abort.signal, onEvent: () => abort.abort() });
    await expect(run).rejects.toSatisfy((error) => errorCode(error) === "cancelled");
    expect(await cancelled.eraseAll()).toMatchObject({ reviews: 0 });
  });
});
