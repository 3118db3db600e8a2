import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../../src/core/engine.ts";
import type { SimulatorOptions } from "../../../../support/providerSimulator/options.ts";
import { checkReport, openModelEngine, openSimulator, requestFor } from "../../../../support/engineFixture.ts";
import { systemClock } from "../../../../../src/core/systemPorts.ts";
import { temporaryFolder, writeFiles } from "../../../../support/temporaryFolder.ts";

const HOUR_MS = 3_600_000;

/** Backoffs are cut to nothing, watchdogs are not. */
const brief: typeof systemClock.sleep = (ms, signal) => systemClock.sleep(ms <= 2_000 ? Math.min(ms, 5) : ms, signal);

function workspaceOf(count: number): Record<string, string> {
  const entries = Array.from({ length: count }, (_, index) => [
    `src/file${index}.ts`,
    `export function f${index}(value: number) {\n  send(value);\n  return value * ${index};\n}\n`,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const PROTOCOLS = [
  { provider: "openai", model: "gpt-5-mini", create: "POST /v1/batches" },
  { provider: "anthropic", model: "claude-haiku-4-5", create: "POST /v1/messages/batches" },
] as const;

type ProtocolCase = (typeof PROTOCOLS)[number];

async function openNight({ provider, model }: ProtocolCase, options: SimulatorOptions = {}, count = 5) {
  const time = { ms: 0 };
  const simulator = await openSimulator({ replyTokens: 60, ...options, monotonicMs: () => time.ms });
  const folder = temporaryFolder(workspaceOf(count));
  const storeFolder = temporaryFolder();
  const baseUrl = provider === "openai" ? simulator.url : simulator.origin;
  let laterMs = 0;
  const clock = { ...systemClock, sleep: brief, now: () => Date.now() + laterMs };
  const open = (settings = {}) =>
    openModelEngine(simulator, { provider, model, baseUrl, storeFolder, ...settings }, { clock });
  return {
    simulator,
    folder,
    storeFolder,
    open,
    request: requestFor(folder),
    pass: (ms: number) => void (time.ms += ms),
    passHere: (ms: number) => void (laterMs += ms),
  };
}

/** What the ledger says, nano-dollars. */
function ledgerOf(storeFolder: string) {
  const db = new DatabaseSync(path.join(storeFolder, "onceover.db"), { readOnly: true });
  try {
    const rows = db.prepare("SELECT state, code, cost_nano, maybe_nano, service_tier FROM ledger").all();
    const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
    return { rows, costUsd: sum("cost_nano") / 1e9, maybeUsd: sum("maybe_nano") / 1e9 };
  } finally {
    db.close();
  }
}

const stateOf = async (engine: Engine) => (await engine.overnight.status()).batches.map(({ state }) => state);

describe.each(PROTOCOLS)("overnight with $provider", (protocol) => {
  it("submits no more than somebody was told that it costs at most", async () => {
    const night = await openNight(protocol, { batchRequestMs: HOUR_MS });
    const engine = await night.open();
    const { quote } = await engine.estimate({ ...night.request, overnight: true });
    const agreedUsd = (quote.atMostUsd * 3.2) / 5;
    const submission = await engine.overnight.submit(night.request, { agreedUsd });
    expect(submission).toMatchObject({ submitted: 3, beyondBudget: 2 });
    expect(submission.atMostUsd).toBeLessThanOrEqual(agreedUsd);
  });

  it("submits, waits, collects, and is billed half", async () => {
    const night = await openNight(protocol, { batchRequestMs: HOUR_MS, batchValidatingMs: HOUR_MS });
    const { simulator, request, folder } = night;
    const engine = await night.open();
    const usual = await engine.estimate(request);
    const halved = await engine.estimate({ ...request, overnight: true });
    // Nothing is sent twice, and second looks follow by day.
    expect(halved.quote.atMostUsd).toBeLessThanOrEqual(usual.quote.atMostUsd / 2);
    expect(halved.quote.likelyUsd).toBeLessThan(usual.quote.likelyUsd);

    const submission = await engine.overnight.submit(request);
    expect(submission).toMatchObject({ submitted: 5, known: 0, beyondBudget: 0, leftOut: [], problem: null });
    expect(submission.atMostUsd).toBeGreaterThan(0);
    expect(submission.atMostUsd).toBeLessThanOrEqual(halved.quote.atMostUsd);
    expect(submission.batches).toMatchObject([{ state: "pending", units: 5, remoteId: expect.any(String) }]);

    // Pending is neither clean nor paid twice.
    const report = await engine.run(request);
    checkReport(report);
    expect(report.coverage).toMatchObject({ files: 5, pending: 5, reviewed: 0 });
    expect(report.files[0]!.reason).toMatch(/submitted overnight/);
    expect(report.run).toMatchObject({ complete: false, stoppedBy: null });
    expect(await engine.estimate(request)).toMatchObject({ misses: 0, pendingFiles: 0, submittedFiles: 5 });
    expect(simulator.requests).toHaveLength(0);

    night.pass(3 * HOUR_MS);
    const early = await engine.overnight.collect();
    expect(early).toMatchObject({ reviewed: 0, outstanding: 5, problems: [] });
    night.pass(4 * HOUR_MS);
    const collected = await engine.overnight.collect();
    expect(collected).toMatchObject({ reviewed: 5, failed: 0, expired: 0, outstanding: 0, problems: [] });
    expect(collected.batches).toMatchObject([{ state: "collected", reviewed: 5, problem: null }]);

    const { costUsd, rows } = ledgerOf(night.storeFolder);
    expect(costUsd).toBeCloseTo(simulator.bill().usd, 6);
    expect(collected.costUsd).toBeCloseTo(simulator.bill().usd, 6);
    expect(costUsd).toBeLessThanOrEqual(submission.atMostUsd);
    expect(rows.every((row) => row["service_tier"] === "batch" && row["state"] === "settled")).toBe(true);
    // Nothing of the code stays at the provider.
    expect([...simulator.batches.files.keys()]).toEqual([]);

    const again = await engine.run(request);
    expect(again.coverage).toMatchObject({ cached: 5, pending: 0 });
    expect(again.findings.length).toBeGreaterThan(0);
    for (const { path: file, quote } of again.findings)
      expect(fs.readFileSync(path.join(folder, file), "utf8")).toContain(quote);
    expect(simulator.requests.filter(({ method }) => method === "POST")).toHaveLength(0);
    expect(await engine.overnight.collect()).toMatchObject({ reviewed: 0, outstanding: 0, costUsd: 0 });
  });

  it("never submits twice, also from two processes at once", async () => {
    const night = await openNight(protocol, { batchRequestMs: HOUR_MS });
    const [one, two] = [await night.open(), await night.open()];
    const both = await Promise.all([one.overnight.submit(night.request), two.overnight.submit(night.request)]);
    expect(both[0].submitted + both[1].submitted).toBe(5);
    expect(await one.overnight.submit(night.request)).toMatchObject({ submitted: 0, batches: [] });
    expect(night.simulator.batches.jobs.flatMap(({ requests }) => requests)).toHaveLength(5);
    // Both collect: each answer is settled once.
    night.pass(6 * HOUR_MS);
    await Promise.all([one.overnight.collect(), two.overnight.collect()]);
    const { batches } = await one.overnight.status();
    expect(batches.reduce((sum, batch) => sum + batch.reviewed, 0)).toBe(5);
    expect(ledgerOf(night.storeFolder).costUsd).toBeCloseTo(night.simulator.bill().usd, 6);
  });

  it("finds what was submitted but not noted, and sends it no second time", async () => {
    const night = await openNight(protocol, {
      batchRequestMs: HOUR_MS,
      batchCall: (call) => (call === protocol.create ? { drop: "after" } : null),
    });
    const engine = await night.open();
    const submission = await engine.overnight.submit(night.request);
    expect(submission).toMatchObject({ submitted: 5, problem: expect.stringMatching(/is not known/) });
    expect(await stateOf(engine)).toEqual(["unclear"]);
    expect((await engine.run(night.request)).coverage).toMatchObject({ pending: 5 });
    await engine.dispose();

    night.pass(6 * HOUR_MS);
    const later = await night.open();
    expect(await later.overnight.collect()).toMatchObject({ reviewed: 5, outstanding: 0, problems: [] });
    expect(night.simulator.batchCalls.filter((call) => call === protocol.create)).toHaveLength(1);
    expect(ledgerOf(night.storeFolder).costUsd).toBeCloseTo(night.simulator.bill().usd, 6);
  });

  it("gives units back that never arrived, but not before the provider's list is sure to be up to date", async () => {
    const night = await openNight(protocol, {
      batchCall: (call) => (call === protocol.create ? { drop: "before" } : null),
    });
    const engine = await night.open();
    await engine.overnight.submit(night.request);
    expect(await engine.overnight.collect()).toMatchObject({ outstanding: 5 });
    night.passHere(HOUR_MS);
    const collected = await engine.overnight.collect();
    expect(collected).toMatchObject({ outstanding: 0, failed: 5, costUsd: 0 });
    expect(collected.batches).toMatchObject([{ state: "refused", problem: expect.stringMatching(/never arrived/) }]);
    expect(await engine.estimate(night.request)).toMatchObject({ misses: 5, pendingFiles: 5 });
    expect(ledgerOf(night.storeFolder)).toMatchObject({ costUsd: 0, maybeUsd: 0 });
    expect([...night.simulator.batches.files.keys()]).toEqual([]);
  });

  it("keeps what an expired batch has done, pays for that alone, and plans the rest again", async () => {
    const night = await openNight(protocol, { batchRequestMs: 10 * HOUR_MS });
    const engine = await night.open();
    await engine.overnight.submit(night.request);
    night.pass(25 * HOUR_MS);
    expect(await engine.overnight.collect()).toMatchObject({ reviewed: 2, expired: 3, failed: 0, outstanding: 0 });
    expect(ledgerOf(night.storeFolder)).toMatchObject({ maybeUsd: 0 });
    expect(ledgerOf(night.storeFolder).costUsd).toBeCloseTo(night.simulator.bill().usd, 6);
    expect(await engine.estimate(night.request)).toMatchObject({ hits: 2, misses: 3 });
  });

  it("cancels: what is done is kept and billed, the rest is planned again", async () => {
    const night = await openNight(protocol, { batchRequestMs: HOUR_MS, batchCancellingMs: HOUR_MS });
    const engine = await night.open();
    await engine.overnight.submit(night.request);
    night.pass(2 * HOUR_MS);
    const cancelled = await engine.overnight.cancel();
    expect(cancelled.batches).toMatchObject([{ state: "cancelling" }]);
    night.pass(2 * HOUR_MS);
    const collected = await engine.overnight.collect();
    expect(collected).toMatchObject({ reviewed: 2, expired: 3, outstanding: 0 });
    expect(ledgerOf(night.storeFolder).costUsd).toBeCloseTo(night.simulator.bill().usd, 6);
    const report = await engine.run(night.request);
    expect(report.coverage).toMatchObject({ cached: 2, reviewed: 3 });
  });

  it("settles each unit by itself: refusals, cut and unreadable replies, errors", async () => {
    const night = await openNight(protocol, {
      faults: [
        { fault: { kind: "finish-length" }, times: 1 },
        { fault: { kind: "truncated-json" }, times: 1 },
        { fault: { kind: "http-error", status: 500 }, times: 1 },
        { fault: { kind: "content-filter" }, times: 1 },
      ],
    });
    const engine = await night.open();
    await engine.overnight.submit(night.request);
    expect(await engine.overnight.collect()).toMatchObject({ reviewed: 1, failed: 4, expired: 0 });
    const { rows, costUsd, maybeUsd } = ledgerOf(night.storeFolder);
    expect(costUsd).toBeCloseTo(night.simulator.bill().usd, 6);
    expect(maybeUsd).toBe(0);
    const codes = rows.map((row) => row["code"]).toSorted((a, b) => String(a ?? "").localeCompare(String(b ?? "")));
    expect(codes).toEqual([null, null, "reply-truncated", "reply-unparseable", "server-error"]);
    // The refusal is a verdict and not asked again; three are planned.
    expect(await engine.estimate(night.request)).toMatchObject({ misses: 3, hits: 2 });
  });

  it("takes nothing from a result whose id it does not know, and says what an answer that is missing may cost", async () => {
    const night = await openNight(protocol, {
      batchLines: (lines) => [lines[0]!.replace(/"custom_id":"[^"]+"/, '"custom_id":"stranger"'), ...lines.slice(1)],
    });
    const engine = await night.open();
    await engine.overnight.submit(night.request);
    const collected = await engine.overnight.collect();
    expect(collected).toMatchObject({ reviewed: 4, failed: 1, outstanding: 0 });
    const { costUsd, maybeUsd } = ledgerOf(night.storeFolder);
    expect(costUsd).toBeLessThan(night.simulator.bill().usd);
    expect(costUsd + maybeUsd).toBeGreaterThan(night.simulator.bill().usd);
  });

  it("holds the run's budget and the day's for what all may cost, and a day's run does not wait for the night", async () => {
    const night = await openNight(protocol, { batchRequestMs: HOUR_MS });
    const quoting = await night.open();
    const { quote } = await quoting.estimate({ ...night.request, overnight: true });
    const budgeted = await night.open({ budgetUsd: quote.atMostUsd / 2 });
    const first = await budgeted.overnight.submit(night.request);
    expect(first.submitted).toBeGreaterThan(0);
    expect(first.beyondBudget).toBe(5 - first.submitted);
    expect(first.atMostUsd).toBeLessThanOrEqual(quote.atMostUsd / 2);

    const daily = await night.open({ budgetUsd: null, dailyBudgetUsd: first.atMostUsd * 1.01 });
    expect(await daily.overnight.submit(night.request)).toMatchObject({
      submitted: 0,
      beyondBudget: first.beyondBudget,
    });
    const report = await daily.run(night.request);
    expect(report.run).toMatchObject({ stoppedBy: "budget", error: { code: "budget-reached" } });
    expect(night.simulator.requests).toHaveLength(0);
  });

  it("reviews a file as it was submitted, and plans what it has become", async () => {
    const night = await openNight(protocol, { batchRequestMs: HOUR_MS });
    const engine = await night.open();
    await engine.overnight.submit(night.request);
    const before = fs.readFileSync(path.join(night.folder, "src/file1.ts"), "utf8");
    writeFiles(night.folder, { "src/file1.ts": "export const changed = 1;\n" });
    night.pass(6 * HOUR_MS);
    expect(await engine.overnight.collect()).toMatchObject({ reviewed: 5 });
    expect(await engine.estimate(night.request)).toMatchObject({ hits: 4, misses: 1 });
    writeFiles(night.folder, { "src/file1.ts": before });
    expect(await engine.estimate(night.request)).toMatchObject({ hits: 5, misses: 0 });
    const report = await engine.run({ ...night.request, storedOnly: true });
    expect(report.coverage).toMatchObject({ cached: 5 });
  });

  it("is asked again by whoever says so", async () => {
    const night = await openNight(protocol, { batchRequestMs: HOUR_MS });
    const engine = await night.open();
    await engine.overnight.submit(night.request);
    const impatient = await night.open({ waitForBatches: false });
    const report = await impatient.run(night.request);
    expect(report.coverage).toMatchObject({ reviewed: 5, pending: 0 });
    night.pass(6 * HOUR_MS);
    await engine.overnight.collect();
    expect(ledgerOf(night.storeFolder).costUsd).toBeCloseTo(night.simulator.bill().usd, 6);
  });

  it("submits nothing, and keeps nothing back, where the provider refuses", async () => {
    const night = await openNight(protocol, {
      batchCall: (call) => (call === protocol.create ? { status: 403 } : null),
    });
    const engine = await night.open();
    await expect(engine.overnight.submit(night.request)).rejects.toMatchObject({ code: "invalid-key" });
    expect(await engine.overnight.status()).toMatchObject({ outstanding: 0, batches: [{ state: "refused" }] });
    expect(await engine.estimate(night.request)).toMatchObject({ misses: 5 });
    expect(ledgerOf(night.storeFolder)).toMatchObject({ costUsd: 0, maybeUsd: 0 });
    expect([...night.simulator.batches.files.keys()]).toEqual([]);
  });
});

it("never takes its key to another address, though results were said to lie there", async () => {
  const night = await openNight(PROTOCOLS[1], { batchResultsHost: "127.0.0.2:9" });
  const engine = await night.open();
  await engine.overnight.submit(night.request);
  const collected = await engine.overnight.collect();
  expect(collected.problems).toEqual([expect.stringMatching(/another address/)]);
  expect(collected.outstanding).toBe(5);
});

it("keeps the reason why a batch failed in validation", async () => {
  const night = await openNight(PROTOCOLS[0]);
  const engine = await night.open();
  await engine.overnight.submit(night.request);
  Object.assign(night.simulator.batches.jobs[0]!, { problem: "No such thing." });
  const collected = await engine.overnight.collect();
  expect(collected).toMatchObject({
    failed: 5,
    costUsd: 0,
    batches: [{ state: "refused", problem: "No such thing." }],
  });
  expect(await engine.estimate(night.request)).toMatchObject({ misses: 5 });
});

it("is refused by the offline engine and by providers without batches", async () => {
  const night = await openNight(PROTOCOLS[0]);
  const offline = await night.open({ provider: "offline", model: null });
  await expect(offline.overnight.submit(night.request)).rejects.toMatchObject({ code: "invalid-setting" });
  const ollama = await night.open({ provider: "ollama", model: "qwen3-coder:30b", baseUrl: night.simulator.origin });
  await expect(ollama.overnight.submit(night.request)).rejects.toMatchObject({ code: "invalid-setting" });
  expect(night.simulator.batchCalls).toEqual([]);
});
