import { expect, it } from "vitest";
import { sampleReport } from "../../../support/sampleReport.ts";
import { openStore, planRequest } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

it("a report that is told again writes nothing over one that another process has saved meanwhile", async () => {
  const folder = temporaryFolder();
  const [own, other] = [await openStore(folder, "own"), await openStore(folder, "other")];
  const request = planRequest(temporaryFolder(), { repeatable: { workspace: "w", minimumSeverity: "info" } });
  const of = { folders: request.folders, trusted: true };
  const told = sampleReport();
  const { state } = await own.plan(request);
  await own.saveReport("w", { report: told, hashes: {} }, { scope: "workspace", folders: request.folders, state });
  const repeated = { ...told, run: { ...told.run, id: "again" }, cost: { ...told.cost, usd: 0 } };
  await own.repeatReport("w", repeated);
  expect((await own.lastReport("w", of))!.run.id).toBe("again");
  expect(await own.holds(request, "again")).toBe(true);

  const paid = { ...told, run: { ...told.run, id: "paid" }, cost: { ...told.cost, usd: 3 } };
  await other.saveReport(
    "w",
    { report: paid, hashes: {} },
    { scope: "workspace", folders: request.folders, state: null },
  );
  await own.repeatReport("w", { ...repeated, run: { ...told.run, id: "late" } });
  expect(await own.lastReport("w", of)).toMatchObject({ run: { id: "paid" }, cost: { usd: 3 } });
});
