import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../../src/shared/report.ts";
import {
  checkReport,
  openEngine,
  openModelEngine,
  openSimulator,
  requestFor,
  runWithEvents,
} from "../../../support/engineFixture.ts";
import { initRepository } from "../../../support/gitRepository.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

/** `count` small files that differ. */
function workspaceOf(count: number): Record<string, string> {
  const entries = Array.from({ length: count }, (_, index) => [
    `src/file${String(index).padStart(3, "0")}.ts`,
    `export function f${index}(value: number) {\n  const doubled = value * ${index};\n  send(doubled);\n  return doubled;\n}\n`,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const comparable = (report: Report) =>
  report.findings.map(({ id, path: file, startLine, title, quote }) => [id, file, startLine, title, quote]);

function checkQuotes(report: Report, folder: string): void {
  for (const finding of report.findings) {
    const lines = fs
      .readFileSync(path.join(folder, finding.path), "utf8")
      .split("\n")
      .slice(finding.startLine - 1, finding.endLine);
    lines[lines.length - 1] = lines.at(-1)!.slice(0, finding.endColumn - 1);
    lines[0] = lines[0]!.slice(finding.startColumn - 1);
    expect(lines.join("\n")).toBe(finding.quote);
  }
}

describe("an offline run", () => {
  it("reviews everything, then answers from the store", async () => {
    const folder = temporaryFolder({ ...workspaceOf(30), "data.json": "{}", "read.md": "x" });
    const engine = await openEngine();
    const first = await engine.run(requestFor(folder));
    checkReport(first);
    expect(first.coverage).toMatchObject({ files: 32, reviewed: 31, cached: 0, skipped: 1 });
    expect(first.run).toMatchObject({ provider: "offline", model: null, complete: true, stoppedBy: null });
    const second = await engine.run(requestFor(folder));
    expect(second.coverage).toMatchObject({ reviewed: 0, cached: 31 });
    expect(comparable(second)).toEqual(comparable(first));
  });

  it("finds a defect, quotes it and gives it back without a run", async () => {
    const folder = temporaryFolder({
      "a.ts": "export function f(a: number) {\n  if (a > 1 && a > 1) {\n    return 1;\n  }\n  return 2;\n}\n",
    });
    const engine = await openEngine();
    const report = await engine.run(requestFor(folder));
    expect(report.findings.length).toBeGreaterThan(0);
    checkQuotes(report, folder);
    writeFiles(folder, { "a.ts": `// a new first line\n${fs.readFileSync(path.join(folder, "a.ts"), "utf8")}` });
    const restored = await engine.lastReport(requestFor(folder));
    checkQuotes(restored!, folder);
    expect(restored?.findings[0]?.startLine).toBe(report.findings[0]!.startLine + 1);
  });

  it("is what an untrusted workspace gets, whatever the settings say", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator);
    const report = await engine.run(requestFor(temporaryFolder(workspaceOf(3)), { trusted: false }));
    expect(report.run).toMatchObject({ provider: "offline", complete: true });
    expect(simulator.requests).toHaveLength(0);
  });

  it("reviews one file and keeps what it knew of the others", async () => {
    const folder = temporaryFolder(workspaceOf(3));
    const engine = await openEngine();
    await engine.run(requestFor(folder));
    const one = await engine.run(requestFor(folder, { only: ["src/file001.ts"] }));
    expect(one.files.map((file) => file.path)).toEqual(["src/file001.ts"]);
    expect((await engine.lastReport(requestFor(folder)))?.coverage.files).toBe(3);
  });

  it("reviews what differs from a git revision and keeps what it knew of the others", async () => {
    const folder = temporaryFolder(workspaceOf(3));
    initRepository(folder);
    const engine = await openEngine();
    await engine.run(requestFor(folder));
    writeFiles(folder, { "src/file001.ts": "export const changed = 1;\n", "src/file002.ts": "" });
    const request = requestFor(folder, { since: "main" });
    expect((await engine.estimate(request)).files).toBe(2);
    const report = await engine.run(request);
    expect(report.files.map((file) => file.path)).toEqual(["src/file001.ts", "src/file002.ts"]);
    expect(report.run.since).toBe("main");
    const last = await engine.lastReport(request);
    expect(last?.coverage.files).toBe(3);
    expect(last?.run).not.toHaveProperty("since");
    const both = await engine.run(requestFor(folder, { since: "main", only: ["src/file000.ts", "src/file001.ts"] }));
    expect(both.files.map((file) => file.path)).toEqual(["src/file001.ts"]);
    await expect(engine.run(requestFor(folder, { since: "gone" }))).rejects.toMatchObject({ code: "usage" });
    await expect(engine.run({ ...request, trusted: false })).rejects.toMatchObject({ code: "usage" });
  });

  it("says what is wrong with a missing folder and with a file", async () => {
    const engine = await openEngine();
    const folder = temporaryFolder({ "a.ts": "1" });
    await expect(engine.run(requestFor(path.join(folder, "gone")))).rejects.toMatchObject({ code: "missing-folder" });
    await expect(engine.run(requestFor(path.join(folder, "a.ts")))).rejects.toMatchObject({ code: "not-a-folder" });
  });

  it("reports an empty folder as complete and empty", async () => {
    const report = await (await openEngine()).run(requestFor(temporaryFolder()));
    expect(report).toMatchObject({ coverage: { files: 0 }, findings: [], run: { complete: true } });
  });
});

describe("a model run", () => {
  it("costs what the provider bills, and nothing the second time", async () => {
    const simulator = await openSimulator();
    const folder = temporaryFolder(workspaceOf(20));
    const engine = await openModelEngine(simulator);
    const { report, events } = await runWithEvents(engine, requestFor(folder));
    checkReport(report);
    checkQuotes(report, folder);
    const bill = simulator.bill();
    expect(report.coverage).toMatchObject({ reviewed: 20 });
    expect(report.cost).toMatchObject({ unknown: false, maybeBilledUsd: 0 });
    expect(report.cost.usd).toBeCloseTo(bill.usd, 6);
    expect(report.usage).toMatchObject({
      requests: 20,
      inputTokens: bill.inputTokens,
      outputTokens: bill.outputTokens,
      cachedInputTokens: bill.cachedInputTokens,
    });
    expect(report.cost.usd).toBeLessThanOrEqual(report.cost.quote.atMostUsd);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));

    const again = await engine.run(requestFor(folder));
    expect(simulator.requests).toHaveLength(20);
    expect(again.coverage).toMatchObject({ reviewed: 0, cached: 20 });
    expect(again.cost.usd).toBe(0);
    expect(again.cost.savedUsd).toBeGreaterThan(0);
    for (const { cost } of [report, again]) {
      const byLayer = Object.values(cost.savedBy ?? {}).reduce((sum, usd) => sum + usd, 0);
      expect(byLayer).toBeCloseTo(cost.savedUsd, 9);
    }
    expect(report.cost.savedBy).toMatchObject({ disk: 0 });
    expect(report.cost.savedBy!.provider).toBeGreaterThan(0);
    expect(again.cost.savedBy).toMatchObject({ disk: again.cost.savedUsd, provider: 0 });
    expect(again.cache).toMatchObject({ hits: { disk: 20 }, misses: 0, hitRate: 1 });
    expect(comparable(again)).toEqual(comparable(report));
  });

  it("sends what changed and no more: bodies, renames, reverts", async () => {
    const simulator = await openSimulator();
    const folder = temporaryFolder(workspaceOf(10));
    const engine = await openModelEngine(simulator);
    await engine.run(requestFor(folder));
    const original = fs.readFileSync(path.join(folder, "src/file001.ts"), "utf8");
    for (const name of ["src/file001.ts", "src/file002.ts", "src/file003.ts"])
      fs.appendFileSync(path.join(folder, name), "// edited\n");
    fs.renameSync(path.join(folder, "src/file004.ts"), path.join(folder, "src/renamed.ts"));
    await engine.run(requestFor(folder));
    expect(simulator.requests).toHaveLength(13);
    writeFiles(folder, { "src/file001.ts": original });
    expect((await engine.run(requestFor(folder))).coverage.cached).toBe(10);
    expect(simulator.requests).toHaveLength(13);
  });

  it("asks once for two files with the same content", async () => {
    const simulator = await openSimulator();
    const text = "export const same = 1;\nuse(same);\n";
    const engine = await openModelEngine(simulator);
    const report = await engine.run(requestFor(temporaryFolder({ "a.ts": text, "b.ts": text, "c.ts": text })));
    expect(simulator.requests).toHaveLength(1);
    expect(report.coverage).toMatchObject({ reviewed: 1, cached: 2 });
  });

  it("goes on after a first reply without a single token", async () => {
    let first = true;
    const simulator = await openSimulator({
      reply: () => {
        const text = first ? "" : '{"summary":"","findings":[]}';
        first = false;
        return text;
      },
    });
    const report = await (await openModelEngine(simulator)).run(requestFor(temporaryFolder(workspaceOf(5))));
    expect(report.coverage.reviewed).toBe(5);
  });

  it("does not answer for equal files with the other's new content", async () => {
    const text = "export const same = 1;\n";
    // Too long to share a request, and more of them than are made ready ahead: the small ones are not read yet.
    const long = Array.from(
      { length: 5 },
      (_, index) => [`long${index}.ts`, `use(${index});\n`.repeat(1_500)] as const,
    );
    const folder = temporaryFolder({
      ...Object.fromEntries(long),
      "zA.ts": text,
      "zB.ts": text,
      "zC.ts": text,
    });
    const simulator = await openSimulator({
      // Once: a file that is being written can be read empty.
      gate: async () => {
        if (fs.readFileSync(path.join(folder, "zA.ts"), "utf8") === text)
          fs.writeFileSync(path.join(folder, "zA.ts"), "export const other = 2;\n");
      },
    });
    await (await openModelEngine(simulator, { concurrency: 1 })).run(requestFor(folder));
    const prompts = simulator.requests.map((request) => JSON.stringify(request.body));
    expect(prompts.filter((prompt) => prompt.includes("same = 1"))).toHaveLength(1);
    expect(prompts.filter((prompt) => prompt.includes("other = 2"))).toHaveLength(1);
  });

  it("keeps secrets on this machine", async () => {
    const simulator = await openSimulator();
    // In two parts, so that this file itself holds no key.
    const secret = ["AKIA", "IOSFODNN7QWERTYU"].join("");
    const engine = await openModelEngine(simulator);
    await engine.run(requestFor(temporaryFolder({ "a.ts": `const key = "${secret}";\nconnect(key);\n` })));
    expect(JSON.stringify(simulator.requests)).not.toContain(secret);
  });

  it("shows findings while replies still stream", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator);
    const { events } = await runWithEvents(engine, requestFor(temporaryFolder(workspaceOf(8))));
    const early = events.filter((event, index) => {
      if (event.type !== "finding" || event.finding.source !== "model") return false;
      const { path: file } = event.finding;
      return events.slice(index).some((later) => later.type === "request-end" && later.paths.includes(file));
    });
    expect(early.length).toBeGreaterThan(0);
  });

  it("finds out a refused key with one request", async () => {
    const simulator = await openSimulator();
    const engine = await openModelEngine(simulator, {}, { key: "wrong-key" });
    const report = await engine.run(requestFor(temporaryFolder(workspaceOf(12))));
    expect(simulator.requests).toHaveLength(1);
    expect(report.run).toMatchObject({ complete: false, stoppedBy: "error", error: { code: "invalid-key" } });
    expect(report.coverage).toMatchObject({ pending: 12 });
    expect(report.cost).toMatchObject({ usd: 0, maybeBilledUsd: 0 });
  });

  it.each([
    ["an empty account", { faults: [{ fault: { kind: "quota" } }] }, {}, "quota-exhausted"],
    ["a model that is not there", {}, { model: "gpt-5-nano" }, "unknown-model"],
    ["a redirect", { faults: [{ fault: { kind: "redirect" } }] }, {}, "wrong-endpoint"],
  ] as const)("stops at %s after one request", async (_, simulated, settings, code) => {
    const simulator = await openSimulator(simulated);
    const engine = await openModelEngine(simulator, settings);
    const report = await engine.run(requestFor(temporaryFolder(workspaceOf(12))));
    expect(report.run.error?.code).toBe(code);
    expect(simulator.requests).toHaveLength(1);
  });

  it("stops when nothing answers", async () => {
    const simulator = await openSimulator();
    await simulator.stopListening();
    const engine = await openModelEngine(simulator);
    const report = await engine.run(requestFor(temporaryFolder(workspaceOf(12))));
    expect(report.run).toMatchObject({ stoppedBy: "error", error: { code: "unreachable" } });
    expect(report.usage.requests).toBeLessThanOrEqual(6);
  });

  it("never spends beyond the budget, and says what is pending", async () => {
    const simulator = await openSimulator({ replyTokens: 300 });
    const folder = temporaryFolder(workspaceOf(60));
    const store = temporaryFolder();
    const plan = await (await openModelEngine(simulator, { storeFolder: store })).estimate(requestFor(folder));
    const budgetUsd = plan.quote.likelyUsd / 2;
    const engine = await openModelEngine(simulator, { storeFolder: store, budgetUsd });
    const report = await engine.run(requestFor(folder));
    checkReport(report);
    expect(report.run).toMatchObject({ complete: false, stoppedBy: "budget", error: { code: "budget-reached" } });
    expect(simulator.bill().usd).toBeLessThanOrEqual(budgetUsd);
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 6);
    expect(report.coverage.pending).toBeGreaterThan(0);
    expect(report.coverage.reviewed).toBeGreaterThan(0);
  });

  it("refuses a model without a price under a budget, unless it is on this machine", async () => {
    const simulator = await openSimulator({ models: ["house-model"] });
    const folder = temporaryFolder(workspaceOf(2));
    const local = await (await openModelEngine(simulator, { model: "house-model" })).run(requestFor(folder));
    expect(local.cost).toMatchObject({ unknown: true, usd: 0 });
    const remote = await openEngine({
      key: "k",
      settings: { provider: "openai", model: "house-model", baseUrl: "https://example.invalid/v1" },
    });
    await expect(remote.run(requestFor(folder))).rejects.toMatchObject({ code: "unknown-price" });
  });

  it("is quiet soon after a cancel, keeps what is done, and goes on from there", async () => {
    const simulator = await openSimulator({ firstTokenMs: 1, tokensPerSecond: null });
    const folder = temporaryFolder(workspaceOf(96));
    const engine = await openModelEngine(simulator, { concurrency: 4 });
    const controller = new AbortController();
    let done = 0;
    const report = await engine.run(requestFor(folder), {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "file-end" && ++done === 48) controller.abort();
      },
    });
    checkReport(report);
    expect(report.run).toMatchObject({ complete: false, stoppedBy: "cancel" });

    await simulator.whenIdle();
    const sent = simulator.requests.length;
    const rest = await engine.run(requestFor(folder));
    expect(rest.run.complete).toBe(true);
    const unitsOf = (requests: typeof simulator.requests) =>
      requests.flatMap(({ body }) => JSON.stringify(body).match(/<unit-\w+>/g) ?? []).length;
    const first = simulator.requests.slice(0, sent);
    const completed = first.filter((request) => request.outcome === "completed");
    expect(first.length - completed.length).toBeLessThanOrEqual(4);
    // A file whose review was paid for may still have waited for its offline analysis: the review is kept as well.
    expect(rest.coverage.cached).toBeGreaterThanOrEqual(report.coverage.reviewed);
    // What had just come in when the run was cancelled may not be stored: one reply in each lane, however much it holds.
    const inLanes = completed.toSorted((one, other) => unitsOf([other]) - unitsOf([one])).slice(0, 4);
    expect(unitsOf(completed)).toBeGreaterThan(unitsOf(inLanes));
    expect(rest.coverage.cached).toBeGreaterThanOrEqual(unitsOf(completed) - unitsOf(inLanes));
    expect(rest.coverage.cached).toBeLessThanOrEqual(unitsOf(first));
    expect(unitsOf(simulator.requests.slice(sent))).toBe(96 - rest.coverage.cached);
  });

  it.each([
    ["500s", { kind: "http-error", status: 500 }, 2],
    ["a cut connection", { kind: "cut", afterDeltas: 3 }, 1],
    ["a stream that ends without an end", { kind: "silent-end" }, 1],
    ["errors after status 200", { kind: "error-event", afterDeltas: 2 }, 2],
    ["a malformed event", { kind: "malformed-sse", afterDeltas: 2 }, 1],
    ["rate limits", { kind: "http-error", status: 429, retryAfterMs: 3 }, 2],
  ] as const)("gets over %s", async (_, fault, times) => {
    const simulator = await openSimulator({ faults: [{ fault, times }] });
    const engine = await openModelEngine(simulator, { concurrency: 4 });
    const report = await engine.run(requestFor(temporaryFolder(workspaceOf(20))));
    expect(report.run).toMatchObject({ complete: true, error: null });
    expect(report.usage.retries).toBe(times);
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 6);
  });

  it.each([
    ["a refusal", { kind: "refusal" }, 1, "refused"],
    ["a content filter", { kind: "content-filter" }, 1, "content filter"],
    ["a reply that stays unreadable", { kind: "truncated-json" }, 2, "could not be read"],
    ["another shape", { kind: "off-schema" }, 2, "could not be read"],
  ] as const)("shows %s as failed and does not pay for it again", async (_, fault, requests, reason) => {
    const simulator = await openSimulator({ faults: [{ fault }] });
    const folder = temporaryFolder(workspaceOf(1));
    const engine = await openModelEngine(simulator);
    const report = await engine.run(requestFor(folder));
    expect(report.files[0]).toMatchObject({ status: "failed", reason: expect.stringContaining(reason) });
    expect(report.run.complete).toBe(false);
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 6);
    expect(simulator.requests).toHaveLength(requests);
    const again = await engine.run(requestFor(folder));
    expect(again.files[0]?.status).toBe("failed");
    expect(simulator.requests).toHaveLength(requests);
  });

  it("does not take a cut reply for a review", async () => {
    const simulator = await openSimulator({ faults: [{ fault: { kind: "finish-length" }, times: 1 }] });
    const folder = temporaryFolder(workspaceOf(1));
    const engine = await openModelEngine(simulator);
    expect((await engine.run(requestFor(folder))).files[0]).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("cut"),
    });
    expect((await engine.run(requestFor(folder))).files[0]).toMatchObject({ status: "reviewed" });
  });

  it("calls a cost unknown when the provider does not say", async () => {
    const simulator = await openSimulator({ faults: [{ fault: { kind: "missing-usage" }, times: 1 }] });
    const engine = await openModelEngine(simulator);
    const report = await engine.run(requestFor(temporaryFolder(workspaceOf(3))));
    expect(report.cost.unknown).toBe(true);
    expect(report.files.filter((file) => file.costUsd === null)).toHaveLength(1);
  });

  it("reviews a large file in chunks, each finding in its place", async () => {
    const simulator = await openSimulator();
    const functions = Array.from(
      { length: 900 },
      (_, index) => `export function f${index}(a: number) {\n  const b = a + ${index};\n  return g${index}(b);\n}\n`,
    );
    const folder = temporaryFolder({ "large.ts": functions.join("\n") });
    const engine = await openModelEngine(simulator);
    const report = await engine.run(requestFor(folder));
    expect(simulator.requests.length).toBeGreaterThan(1);
    expect(report.files[0]?.status).toBe("reviewed");
    checkQuotes(report, folder);
    const file = path.join(folder, "large.ts");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("a + 899", "a + 900"));
    const sent = simulator.requests.length;
    await engine.run(requestFor(folder));
    expect(simulator.requests.length).toBe(sent + 1);
  });

  it("lets two processes share the work and pays once", async () => {
    const simulator = await openSimulator({ firstTokenMs: 2 });
    const folder = temporaryFolder(workspaceOf(20));
    const storeFolder = temporaryFolder();
    const engines = await Promise.all([1, 2].map(() => openModelEngine(simulator, { storeFolder, concurrency: 4 })));
    const reports = await Promise.all(engines.map((engine) => engine.run(requestFor(folder))));
    const asked = simulator.requests.flatMap((request) => JSON.stringify(request.body).match(/<unit-\w+>/g) ?? []);
    expect(asked).toHaveLength(20);
    expect(new Set(asked).size).toBe(20);
    for (const report of reports) expect(report.run.complete).toBe(true);
    expect(reports[0]!.cost.usd + reports[1]!.cost.usd).toBeCloseTo(simulator.bill().usd, 6);
    expect(comparable(reports[0]!)).toEqual(comparable(reports[1]!));
  });
});
