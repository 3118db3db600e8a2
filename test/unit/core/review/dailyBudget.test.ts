import { expect, it } from "vitest";
import {
  checkReport,
  openEngine,
  openModelEngine,
  openSimulator,
  requestFor,
  runWithEvents,
} from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

/** `count` small files that differ from those of every other `mark`. */
function workspaceOf(count: number, mark: string): Record<string, string> {
  const entries = Array.from({ length: count }, (_, index) => [
    `src/file${index}.ts`,
    `export function f${index}(value: number) {\n  send(value, "${mark}");\n  return value * ${index};\n}\n`,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

it("two runs at once share what the day has left, and neither bill nor ledger passes it", async () => {
  const simulator = await openSimulator({ replyTokens: 300 });
  const [one, two] = [temporaryFolder(workspaceOf(40, "one")), temporaryFolder(workspaceOf(40, "two"))];
  const storeFolder = temporaryFolder();
  const quoting = await openModelEngine(simulator, { storeFolder });
  const { quote } = await quoting.estimate(requestFor(one));
  const dailyBudgetUsd = quote.likelyUsd;

  const settings = { storeFolder, dailyBudgetUsd, budgetUsd: null };
  const engines = [await openModelEngine(simulator, settings), await openModelEngine(simulator, settings)];
  const runs = await Promise.all([
    runWithEvents(engines[0]!, requestFor(one)),
    runWithEvents(engines[1]!, requestFor(two)),
  ]);
  for (const { report, events } of runs) {
    checkReport(report);
    expect(report.run).toMatchObject({
      complete: false,
      stoppedBy: "budget",
      error: {
        code: "budget-reached",
        message: expect.stringMatching(/daily budget .* starts anew on \d{4}-\d\d-\d\d/),
      },
    });
    expect(report.cost.daily).toMatchObject({ limitUsd: dailyBudgetUsd, reached: true });
    expect(report.coverage.pending).toBeGreaterThan(0);
    const warnings = events.filter((event) => event.type === "daily-budget" && event.level === "warning");
    expect(warnings.length).toBeLessThanOrEqual(1);
    expect(events.filter(({ type }) => type === "budget")).toEqual([]);
  }
  expect(simulator.bill().usd).toBeLessThanOrEqual(dailyBudgetUsd);
  const reviewed = runs.reduce((sum, { report }) => sum + report.coverage.reviewed, 0);
  expect(reviewed).toBeGreaterThan(0);

  // What was done is kept, and the question before the next run knows the day.
  const plan = await engines[0]!.estimate(requestFor(one));
  expect(plan.cachedFiles).toBe(runs[0]!.report.coverage.reviewed);
  expect(plan.daily).toMatchObject({ limitUsd: dailyBudgetUsd, reached: false });
  expect(plan.daily!.usedUsd).toBeCloseTo(simulator.bill().usd, 6);
});

it("waits for what requests in flight leave over rather than stop at what they have reserved", async () => {
  const simulator = await openSimulator({ replyTokens: 20 });
  const folder = temporaryFolder(workspaceOf(12, "x"));
  const storeFolder = temporaryFolder();
  const { quote } = await (await openModelEngine(simulator, { storeFolder })).estimate(requestFor(folder));
  // Room for what a few requests may cost at most; all of them together cost less than that.
  const dailyBudgetUsd = quote.atMostUsd / 3;
  const engine = await openModelEngine(simulator, { storeFolder, dailyBudgetUsd, budgetUsd: null });
  const report = await engine.run(requestFor(folder));
  expect(report.run).toMatchObject({ complete: true, stoppedBy: null });
  expect(report.cost.daily).toMatchObject({ reached: false, usedUsd: expect.closeTo(simulator.bill().usd, 6) });
});

it("without one nothing of a day is said, and a model without a price is refused under one", async () => {
  const simulator = await openSimulator();
  const folder = temporaryFolder(workspaceOf(2, "x"));
  const { report, events } = await runWithEvents(await openModelEngine(simulator), requestFor(folder));
  expect(report.cost).not.toHaveProperty("daily");
  expect(events.some(({ type }) => type === "daily-budget")).toBe(false);

  const settings = { provider: "openai", model: "house-model", baseUrl: "https://example.invalid/v1" } as const;
  const remote = await openEngine({ key: "k", settings: { ...settings, budgetUsd: null, dailyBudgetUsd: 1 } });
  await expect(remote.run(requestFor(folder))).rejects.toMatchObject({ code: "unknown-price" });
});
