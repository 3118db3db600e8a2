// Every number in the panel is the report's: over invented streams of events, whenever a view joins.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reportAsView } from "../../../../src/extension/webview/reportAsView.ts";
import { createRunDetailsReader } from "../../../../src/extension/webview/runDetails.ts";
import { createViewFeed } from "../../../../src/extension/webview/viewFeed.ts";
import type { RunEvent } from "../../../../src/shared/events.ts";
import type { HostMessage } from "../../../../src/shared/panelProtocol.ts";
import type { Report, StoppedBy } from "../../../../src/shared/report.ts";
import { createRunReader } from "../../../../src/shared/runReader.ts";
import { openModelEngine, openSimulator, requestFor, runWithEvents } from "../../../support/engineFixture.ts";
import { shopRun } from "../../../support/scriptedRun.ts";
import { scriptedSource } from "../../../support/scriptedSource.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

type View = HostMessage & { readonly type: "view" };

const runs = fc.record({
  ended: fc.integer({ min: 0, max: 38 }),
  failed: fc.integer({ min: 0, max: 5 }),
  offline: fc.boolean(),
  stoppedBy: fc.constantFrom<StoppedBy | null>(null, "budget", "cancel", "error"),
});

function playedRun({
  stoppedBy,
  ...about
}: {
  ended: number;
  failed: number;
  offline: boolean;
  stoppedBy: StoppedBy | null;
}) {
  return shopRun({ ...about, end: { stoppedBy } });
}

function reportOf(events: readonly RunEvent[]): Report {
  const end = events.at(-1);
  if (end?.type !== "run-end") throw new Error("the run has not ended");
  return end.report;
}

/** What a panel draws that has been open all the time, or joined or was hidden at some event. */
function lastMessage(events: readonly RunEvent[], hiddenAt: number, shownAt: number): View {
  const source = scriptedSource();
  const details = createRunDetailsReader();
  source.onEvent((event) => details.push(event));
  let last: View | null = null;
  const post = (message: HostMessage) => {
    if (message.type === "view") last = message;
  };
  // Nothing is sent by itself: what is looked at is what a view is told when it says that it is there.
  const feed = createViewFeed({ source, schedule: () => () => {}, post, details, withReport: false });
  const look = () => {
    feed.ready({ type: "ready", runId: null, lastSeq: 0 });
    feed.wishFiles({ order: "dearest", from: 0, count: 100 });
  };
  look();
  for (const [index, event] of events.entries()) {
    if (index === hiddenAt) feed.hidden();
    if (index === shownAt) look();
    source.push(event);
  }
  look();
  feed.dispose();
  return last!;
}

/** Sums that the panel shows against those of the report. */
function expectSameSums({ view, details }: Pick<View, "view" | "details">, report: Report): void {
  const { cost, usage, coverage, latency } = report;
  expect(view).toMatchObject({
    spentUsd: cost.usd,
    savedUsd: cost.savedUsd,
    maybeBilledUsd: cost.maybeBilledUsd,
    costUnknown: cost.unknown,
    quote: cost.quote,
    coverage,
    elapsedMs: report.run.durationMs,
    phases: latency.phases,
    tokens: { input: usage.inputTokens, cachedInput: usage.cachedInputTokens, output: usage.outputTokens },
    stoppedBy: report.run.stoppedBy,
  });
  expect(view?.requests.retries).toBe(usage.retries);
  expect(view?.requests.failed).toBe(usage.failed ?? view?.requests.failed);
  const count = (severity: string) => report.findings.filter((finding) => finding.severity === severity).length;
  expect(view?.findings).toEqual({ error: count("error"), warning: count("warning"), info: count("info") });
  const { promptCache: _, savedBy, ...cache } = details!.caches;
  expect(cache).toEqual(report.cache);
  expect(savedBy).toEqual(report.cost.savedBy ?? null);
  const strong = report.files.filter(({ modelReason, costUsd }) => modelReason !== undefined && (costUsd ?? 0) > 0);
  expect(details!.strong?.files ?? 0).toBe(strong.length);
  expect(details!.strong?.costUsd ?? 0).toBeCloseTo(
    strong.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
    12,
  );
  expect(details!.tools).toEqual(report.tools);
  const stored = reportAsView(report);
  if (stored.latencyMs.count > 0 && view!.latencyMs.count > 0) {
    const { count: __, ...percentiles } = view!.latencyMs;
    expect(percentiles).toEqual(latency.requestMs);
  }
}

describe("the panel's figures", () => {
  test("are the report's at the end, whatever became of the run", () => {
    fc.assert(
      fc.property(runs, (about) => {
        const { events } = playedRun(about);
        expectSameSums(lastMessage(events, -1, -1), reportOf(events));
      }),
      { numRuns: 30 },
    );
  });

  test("are the same for a view that was hidden, shown again or opened late, at the end and in between", () => {
    fc.assert(
      fc.property(runs, fc.nat(), fc.nat(), fc.nat(), (about, first, second, until) => {
        const { events } = playedRun(about);
        const seen = events.slice(0, 1 + (until % events.length));
        const hiddenAt = first % seen.length;
        const always = lastMessage(seen, -1, -1);
        expect(lastMessage(seen, hiddenAt, -1)).toEqual(always);
        expect(lastMessage(seen, hiddenAt, second % seen.length)).toEqual(always);
      }),
      { numRuns: 30 },
    );
  });

  test("do not change when events come twice", () => {
    const { events } = shopRun({ ended: 20 });
    const once = createRunReader();
    const twice = createRunReader();
    for (const event of events) {
      once.push(event);
      twice.push(event);
      twice.push(event);
    }
    expect(twice.view()).toEqual(once.view());
  });

  test("are those of a real run against a provider that fails now and then, down to its bill", async () => {
    const fault = { kind: "http-error", status: 500 } as const;
    const simulator = await openSimulator({ faults: [{ fault, times: 3 }] });
    const engine = await openModelEngine(simulator, { concurrency: 4 });
    const files = Array.from({ length: 12 }, (_, index) => [
      `src/f${index}.ts`,
      `export const a${index} = ${index};\n`,
    ]);
    const { report, events } = await runWithEvents(engine, requestFor(temporaryFolder(Object.fromEntries(files))));
    const message = lastMessage(events, 10, 20);
    expectSameSums(message, report);
    expect(message.view?.spentUsd).toBeCloseTo(simulator.bill().usd, 9);
    const { rows } = message.files!;
    expect(rows.reduce((sum, row) => sum + (row.costUsd ?? 0), 0)).toBeCloseTo(report.cost.usd, 9);
    expect(rows.reduce((sum, row) => sum + (row.asked?.requests ?? 0), 0)).toBe(report.usage.requests);
    const { causes, failures, caches, connections } = message.details!;
    expect(report.usage.failed).toBe(3);
    expect(connections).toBe(report.usage.connections);
    // Each fault has ended its connection; what was kept served the rest.
    expect(connections).toBeGreaterThan(0);
    expect(connections).toBeLessThan(report.usage.requests);
    expect(causes).toEqual([{ reason: "new file", files: 12, costUsd: expect.closeTo(report.cost.usd, 9) }]);
    expect(failures.reduce((sum, one) => sum + one.count, 0)).toBe(report.usage.retries);
    expect(caches.promptCache).toMatchObject({ inputTokens: report.usage.inputTokens });
  });

  test("money so far is the ledger's", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator);
    const request = requestFor(temporaryFolder({ "a.ts": "export const a = 1;\n" }));
    expect(await engine.spending(request.folders, 0)).toEqual({
      today: { usd: 0, runs: 0 },
      workspace: { usd: 0, since: null },
      unknown: false,
    });
    await engine.run(request);
    const other = requestFor(temporaryFolder({ "b.ts": "export const b = 2;\n" }));
    const { cost } = await engine.run(other);
    const own = await engine.spending(other.folders, 0);
    expect(own.workspace.usd).toBeCloseTo(cost.usd, 9);
    expect(own.today).toEqual({ usd: expect.closeTo(simulator.bill().usd, 9), runs: 2 });
    expect((await engine.spending(other.folders, Date.now() + 60_000)).today).toEqual({ usd: 0, runs: 0 });
  });
});
