// Dismissals, comments and the baseline through the real engine and its store.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { NewDismissal } from "../../../../../src/shared/dismissal.ts";
import type { Finding } from "../../../../../src/shared/report.ts";
import {
  checkReport,
  openEngine,
  openModelEngine,
  openSimulator,
  requestFor,
} from "../../../../support/engineFixture.ts";
import { temporaryFolder, writeFiles } from "../../../../support/temporaryFolder.ts";

const DEFECT = "export function f(a: number) {\n  if (a > 1 && a > 1) {\n    return 1;\n  }\n  return 2;\n}\n";

const dismissalOf = (finding: Finding, patch: Partial<NewDismissal> = {}): NewDismissal => ({
  id: finding.id,
  path: finding.path,
  rule: finding.rule,
  title: finding.title,
  reason: "false-positive",
  note: "checked",
  ...patch,
});

describe("a dismissal", () => {
  it("hides one finding, is counted, survives the process and can be taken back", async () => {
    const folder = temporaryFolder({ "a.ts": DEFECT, "copy/a.ts": DEFECT });
    const storeFolder = temporaryFolder();
    const engine = await openEngine({ settings: { storeFolder } });
    const request = requestFor(folder);
    const before = await engine.run(request);
    expect(before.findings.map((finding) => finding.path)).toEqual(["a.ts", "copy/a.ts"]);
    await engine.dismissals.add(request, [dismissalOf(before.findings[0]!)]);
    expect(await engine.lastReport(request)).toMatchObject({
      findings: [{ path: "copy/a.ts" }],
      suppressed: { dismissed: 1 },
    });
    await engine.dispose();

    const later = await openEngine({ settings: { storeFolder } });
    const after = await later.run(request);
    checkReport(after);
    expect(after).toMatchObject({ findings: [{ path: "copy/a.ts" }], suppressed: { dismissed: 1, inline: 0 } });
    expect(after.coverage).toMatchObject({ cached: 2, reviewed: 0 });
    const [listed] = await later.dismissals.list(request);
    expect(listed).toMatchObject({ ...dismissalOf(before.findings[0]!), isMoved: false });
    expect(listed!.createdAtMs).toBeGreaterThan(0);

    expect(await later.dismissals.remove(request, [listed!])).toBe(1);
    expect((await later.lastReport(request))?.findings.map(({ id, path: file }) => [id, file])).toEqual(
      before.findings.map(({ id, path: file }) => [id, file]),
    );
  });

  it("follows a renamed file, but is not about a copy of it", async () => {
    const folder = temporaryFolder({ "a.ts": DEFECT });
    const engine = await openEngine();
    const request = requestFor(folder);
    const [finding] = (await engine.run(request)).findings;
    await engine.dismissals.add(request, [dismissalOf(finding!)]);
    writeFiles(folder, { "b.ts": DEFECT });
    expect((await engine.run(request)).findings.map((one) => one.path)).toEqual(["b.ts"]);
    fs.rmSync(path.join(folder, "a.ts"));
    expect(await engine.run(request)).toMatchObject({ findings: [], suppressed: { dismissed: 1 } });
  });

  it("of a rule in a file hides all of its findings there, and none elsewhere", async () => {
    const twice = `${DEFECT}${DEFECT.replace("f(a", "g(a")}`;
    const folder = temporaryFolder({ "a.ts": twice, "b.ts": twice });
    const engine = await openEngine();
    const request = requestFor(folder);
    const [finding] = (await engine.run(request)).findings;
    await engine.dismissals.add(request, [dismissalOf(finding!, { id: null })]);
    const after = await engine.run(request);
    expect([...new Set(after.findings.map((one) => one.path))]).toEqual(["b.ts"]);
    expect(after.suppressed.dismissed).toBe(2);
  });

  it("is of its folder alone, under whatever prefix", async () => {
    const [one, two] = [temporaryFolder({ "a.ts": DEFECT }), temporaryFolder({ "a.ts": DEFECT })];
    const engine = await openEngine();
    const [finding] = (await engine.run(requestFor(one))).findings;
    await engine.dismissals.add(requestFor(one), [dismissalOf(finding!)]);
    const folders = [
      { path: two, prefix: "two/" },
      { path: one, prefix: "one/" },
    ];
    const both = await engine.run({ folders, trusted: true });
    expect(both).toMatchObject({ findings: [{ path: "two/a.ts" }], suppressed: { dismissed: 1 } });
  });

  it("costs nothing: no request is sent for it, and none changes", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator);
    const request = requestFor(temporaryFolder({ "a.ts": DEFECT }));
    const before = await engine.run(request);
    const asked = simulator.requests.length;
    await engine.dismissals.add(
      request,
      before.findings.map((finding) => dismissalOf(finding)),
    );
    const after = await engine.run(request);
    expect(after).toMatchObject({ findings: [], suppressed: { dismissed: before.findings.length } });
    expect(before.findings.length).toBeGreaterThan(0);
    expect(simulator.requests).toHaveLength(asked);
  });

  it("outlives the clearing of the cache", async () => {
    const engine = await openEngine();
    const request = requestFor(temporaryFolder({ "a.ts": DEFECT }));
    const [finding] = (await engine.run(request)).findings;
    await engine.dismissals.add(request, [dismissalOf(finding!)]);
    await engine.cache.clear();
    expect((await engine.run(request)).suppressed.dismissed).toBe(1);
  });
});

describe("what the repository says is known", () => {
  const commented = DEFECT.replace("  if", "  // onceover-ignore-next-line: on purpose\n  if");

  it("counts where it is trusted", async () => {
    const folder = temporaryFolder({ "a.ts": DEFECT, "b.ts": commented });
    const engine = await openEngine();
    const [finding] = (await engine.run(requestFor(folder))).findings;
    const baseline = { schema: "onceover.baseline/1", findings: [finding!.id] };
    writeFiles(folder, { ".onceover/baseline.json": JSON.stringify(baseline) });
    const trusted = await engine.run(requestFor(folder));
    checkReport(trusted);
    expect(trusted).toMatchObject({ findings: [], suppressed: { dismissed: 0, inline: 1, baseline: 1 } });
    const untrusted = await engine.run(requestFor(folder, { trusted: false }));
    expect(untrusted.findings).toHaveLength(2);
    expect(untrusted.suppressed).toEqual({ dismissed: 0, inline: 0, baseline: 0, refuted: 0 });
  });
});
