import { expect, it } from "vitest";
import { sampleFile, sampleReport } from "../../../support/sampleReport.ts";
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

it("a check on save does not overtake the report that it amends, however long that one takes to pack", async () => {
  const store = await openStore(temporaryFolder());
  const { folders } = planRequest(temporaryFolder());
  const files = Array.from({ length: 20_000 }, (_, at) => sampleFile(`src/file${at}.ts`, "failed"));
  const report = { ...sampleReport(), findings: [], refuted: [], files };
  const amended = { ...report, files: [sampleFile("src/file7.ts", "reviewed")] };
  await Promise.all([
    store.saveReport("w", { report, hashes: {} }, { scope: "workspace", folders, state: null }),
    store.saveReport("w", { report: amended, hashes: {} }, { scope: "on-save", folders, state: null }),
  ]);
  const last = await store.lastReport("w", { folders, trusted: true });
  expect(last!.files).toHaveLength(files.length);
  expect(last!.files.filter(({ status }) => status === "reviewed").map(({ path }) => path)).toEqual(["src/file7.ts"]);
});

it("one report that cannot be stored does not keep the next from it", async () => {
  const store = await openStore(temporaryFolder());
  const { folders } = planRequest(temporaryFolder());
  const saving = { scope: "workspace", folders, state: null } as const;
  const report = sampleReport();
  const loop: Record<string, string> = {};
  Object.assign(loop, { loop });
  await expect(store.saveReport("w", { report, hashes: loop }, saving)).rejects.toThrow();
  await store.saveReport("w", { report, hashes: {} }, saving);
  expect((await store.lastReport("w", { folders, trusted: true }))!.run.id).toBe(report.run.id);
});
