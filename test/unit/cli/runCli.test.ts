import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { PlanSummary } from "../../../src/core/engine.ts";
import { OnceoverError } from "../../../src/shared/errors.ts";
import type { Report } from "../../../src/shared/report.ts";
import { traceProblems } from "../../support/checkTrace.ts";
import { commandLine, memoryStream } from "../../support/commandLine.ts";
import { createFakeEngine, type FakeEngineScript } from "../../support/fakeEngine.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../support/sampleReport.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

function withEngine(script: FakeEngineScript, options: Parameters<typeof commandLine>[0] = {}) {
  const engine = createFakeEngine(script);
  const cwd = options.cwd ?? temporaryFolder({ "src/a.ts": "a\n" });
  return { engine, cwd, ...commandLine({ ...options, cwd, createEngine: engine.createEngine }) };
}

const offline = sampleReport({ run: { provider: "offline", model: null }, findings: [] });

describe("analyze", () => {
  test("the default is the current folder, offline, under a budget of a dollar", async () => {
    const { engine, cwd, run, out } = withEngine({ report: offline });
    expect(await run("analyze")).toBe(0);
    expect(engine.requests).toEqual([{ folders: [{ path: cwd, prefix: "" }], trusted: true }]);
    expect(engine.settings[0]).toMatchObject({
      provider: "offline",
      budgetUsd: 1,
      concurrency: 16,
      storeFolder: null,
      useCache: true,
    });
    expect(engine.disposals).toBe(1);
    expect(out()).toContain("free, nothing left this machine");
  });

  test("flags reach the engine", async () => {
    const { engine, cwd, run } = withEngine({ report: sampleReport() }, { env: { OPENAI_API_KEY: "sk-1" } });
    await run(
      ..."analyze src --provider openai --model m --base-url http://127.0.0.1:1/v1 --price 1:2 --budget none --concurrency 4 --include *.ts --exclude x --cache-dir store --no-cache".split(
        " ",
      ),
    );
    expect(engine.settings[0]).toMatchObject({
      provider: "openai",
      model: "m",
      baseUrl: "http://127.0.0.1:1/v1",
      prices: { m: { inputUsdPerMillion: 1, outputUsdPerMillion: 2 } },
      budgetUsd: null,
      concurrency: 4,
      include: ["*.ts"],
      exclude: ["x"],
      storeFolder: path.join(cwd, "store"),
      useCache: false,
    });
    const { secrets } = engine.ports[0]!;
    expect(await secrets.apiKey("openai", "http://127.0.0.1:1")).toBe("sk-1");
    expect(await secrets.apiKey("openai", "https://api.openai.com")).toBeUndefined();
  });

  test("--since reaches the engine, and no difference is not an empty folder", async () => {
    const coverage = { files: 0, reviewed: 0, cached: 0, skipped: 0, failed: 0, pending: 0 };
    const empty = { ...offline, run: { ...offline.run, since: "main" }, files: [], coverage };
    const { engine, run, out } = withEngine({ report: empty });
    expect(await run("analyze", "--since", "main", "--include", "src/**")).toBe(0);
    expect(engine.requests[0]).toMatchObject({ since: "main" });
    expect(out()).toContain("Nothing to review: no file differs from main.");
  });

  test("in a GitHub workflow nothing that is shown is a command to its runner", async () => {
    const detail = `${"word ".repeat(18)}::add-mask::x ##[error]y`;
    const report = sampleReport({ findings: [sampleFinding({ detail })] });
    const env = { GITHUB_ACTIONS: "true" };
    const events: FakeEngineScript["events"] = [{ type: "notice", level: "error", message: "::add-mask::x" }];
    const { run, out, err } = withEngine({ report, events }, { env });
    await run("analyze");
    expect(out()).toContain("add-mask");
    expect(err()).toContain(": :add-mask::x\n");
    expect(out() + err()).not.toMatch(/^\s*::|##\[/m);
    const before = out().length;
    await run("analyze", "--format", "github");
    expect(out().slice(before)).toMatch(/^::error file=src\/payments\/refund\.ts,/);
  });

  test("what keeps a review from being made is an annotation too", async () => {
    const { run, out, err } = withEngine({
      run: () => Promise.reject(new OnceoverError("missing-key", "There is no key.", { advice: "Set it:\nONE." })),
    });
    expect(await run("analyze", "--format", "github")).toBe(2);
    expect(out()).toBe("::error title=Onceover%3A nothing was reviewed::There is no key. Set it:%0AONE.\n");
    expect(err()).toBe("onceover: There is no key. Set it:\\u{a}ONE.\n");
  });

  test.each(["pretty", "json", "sarif", "markdown", "github"])(
    "the status is the same in the format %s",
    async (format) => {
      const statusOf = (report: Report, ...more: string[]) =>
        withEngine({ report }).run("analyze", "--quiet", "--format", format, ...more);
      const warning = sampleReport({ findings: [sampleFinding({ severity: "warning" })] });
      expect(await statusOf(warning)).toBe(0);
      expect(await statusOf(warning, "--fail-on", "error")).toBe(0);
      expect(await statusOf(warning, "--fail-on", "warning")).toBe(1);
      const failed = sampleReport({ files: [sampleFile("a.ts", "failed", { reason: "timed out" })] });
      expect(await statusOf(failed, "--fail-on", "info")).toBe(3);
      const stopped = { complete: false, stoppedBy: "budget" } as const;
      expect(await statusOf(sampleReport({ run: stopped }), "--fail-on", "info")).toBe(4);
      const refused = { ...stopped, stoppedBy: "error", error: { code: "invalid-key", message: "Refused." } } as const;
      expect(await statusOf(sampleReport({ run: refused }), "--fail-on", "info")).toBe(2);
    },
  );

  test("json is exactly the report, on stdout alone", async () => {
    const report = sampleReport();
    const { run, out, err } = withEngine({ report });
    expect(await run("analyze", "--format", "json", "--quiet")).toBe(0);
    expect(JSON.parse(out())).toEqual(report);
    expect(err()).toBe("");
  });

  test("--output leaves the file whole or as it was, and no half one beside it", async () => {
    const { cwd, run, out, err } = withEngine({ report: sampleReport() });
    fs.writeFileSync(path.join(cwd, "r.json"), "before");
    expect(await run("analyze", "--format", "json", "--output", "r.json")).toBe(0);
    expect(JSON.parse(fs.readFileSync(path.join(cwd, "r.json"), "utf8"))).toEqual(sampleReport());
    expect(fs.readdirSync(cwd).toSorted()).toEqual(["r.json", "src"]);
    expect(out()).toBe("");
    expect(err()).toContain("Written to r.json\n");
  });

  test("while the run looks at the folder, nothing of --output lies in it", async () => {
    const cwd = temporaryFolder({ "src/a.ts": "a\n" });
    let seen: readonly string[] = [];
    const look = () => {
      seen = fs.readdirSync(cwd);
      return Promise.resolve(sampleReport());
    };
    expect(await withEngine({ run: look }, { cwd }).run("analyze", "--output", "r.txt")).toBe(0);
    expect(seen).toEqual(["src"]);
    expect(fs.readdirSync(cwd).toSorted()).toEqual(["r.txt", "src"]);
  });

  test("an --output that cannot be written is found out before the run", async () => {
    const { engine, run, err } = withEngine({ report: sampleReport() });
    expect(await run("analyze", "--output", "nowhere/r.json")).toBe(2);
    expect(await run("analyze", "--output", "src")).toBe(2);
    expect(engine.settings).toEqual([]);
    expect(err()).toMatch(
      /^onceover: Cannot write to nowhere\/r\.json \(ENOENT\)\. .*\nonceover: --output src is a folder\. .*\n$/,
    );
  });

  test("a run that throws leaves no half file", async () => {
    const { cwd, engine, run } = withEngine({
      run: () => Promise.reject(new OnceoverError("store-failed", "The disk is full.")),
    });
    expect(await run("analyze", "--output", "r.txt")).toBe(5);
    expect(fs.readdirSync(cwd)).toEqual(["src"]);
    expect(engine.disposals).toBe(1);
  });

  test("--trace writes a trace beside the report, also of a run that fails", async () => {
    const { cwd, run, out, err } = withEngine({ report: sampleReport() });
    expect(await run("analyze", "--format", "json", "--trace", "t.json")).toBe(0);
    expect(JSON.parse(out())).toEqual(sampleReport());
    expect(traceProblems(JSON.parse(fs.readFileSync(path.join(cwd, "t.json"), "utf8")))).toEqual([]);
    expect(await run("analyze", "--trace", "nowhere/t.json")).toBe(2);
    expect(await run("analyze", "--trace", "src")).toBe(2);
    expect(err()).toMatch(/Cannot write to nowhere\/t\.json \(ENOENT\).*\n.*--trace src is a folder\./);
    const failing = withEngine({
      async run(emit, { profiler }) {
        const start = {
          startedAt: "2026-11-21T09:30:00Z",
          workspace: "shop",
          provider: "offline",
          model: null,
        } as const;
        emit({ type: "run-start", budgetUsd: null, ...start });
        profiler?.begin("run");
        throw new OnceoverError("store-failed", "The disk is full.");
      },
    });
    expect(await failing.run("analyze", "--trace", "t.json")).toBe(5);
    const trace = JSON.parse(fs.readFileSync(path.join(failing.cwd, "t.json"), "utf8"));
    expect(trace.traceEvents.find((event: { name: string }) => event.name === "run").args).toEqual({
      unfinished: true,
    });
  });

  test("an empty folder is not a failure", async () => {
    const { run, out } = withEngine({
      report: sampleReport({ run: { provider: "offline" }, files: [], findings: [] }),
    });
    expect(await run("analyze", "--fail-on", "info")).toBe(0);
    expect(out()).toContain("No file to review there; ignored files are left out.\n");
  });

  test.each([
    ["a missing folder", ["analyze", "nowhere"], /^onceover: There is no folder nowhere\. [^\n]+\n$/],
    [
      "a file",
      ["analyze", "src/a.ts"],
      /^onceover: src\/a\.ts is not a folder\. To review a single file: onceover analyze src --include a\.ts\n$/,
    ],
    ["a wrong flag", ["analyze", "--modle"], /^onceover: There is no flag --modle\. Did you mean --model\?\n$/],
  ])("%s is 2, in one line", async (_what, argv, line) => {
    const { run, out, err } = withEngine({});
    expect(await run(...argv)).toBe(2);
    expect(err()).toMatch(line);
    expect(out()).toBe("");
  });

  test("what stopped a run is told on stderr too, quiet or not", async () => {
    const error = { code: "invalid-key", message: "The key was refused.\u001b[2J Set another." };
    const { run, out, err } = withEngine({
      report: sampleReport({ run: { stoppedBy: "error", complete: false, error } }),
    });
    expect(await run("analyze", "--format", "json", "--quiet")).toBe(2);
    expect(err()).toBe("onceover: The key was refused.\\u{1b}[2J Set another.\n");
    expect(JSON.parse(out())).toMatchObject({ run: { error } });
    const people = withEngine({ report: sampleReport({ run: { stoppedBy: "error", complete: false, error } }) });
    expect(await people.run("analyze", "--quiet")).toBe(2);
    expect(people.out()).toContain("Partial: The key was refused.\\u{1b}[2J Set another.");
    expect(people.err()).toBe("");
    expect(await people.run("analyze", "--quiet", "--output", "r.txt")).toBe(2);
    expect(people.err()).toBe("onceover: The key was refused.\\u{1b}[2J Set another.\n");
  });

  test.each([
    ["60", 60],
    ["7", 40],
    ["100000", 140],
    ["0", 100],
    ["wide", 100],
    ["", 100],
  ])("without a terminal the report is as wide as COLUMNS=%j says", async (COLUMNS, width) => {
    const { run, out } = withEngine({ report: offline }, { env: { COLUMNS } });
    await run("analyze");
    expect(out()).toContain(`${"─".repeat(width)}\n`);
    expect(out()).not.toContain("─".repeat(width + 1));
  });

  test("OPENAI_BASE_URL is checked like the flag", async () => {
    const { run, err } = withEngine({}, { env: { OPENAI_BASE_URL: "nonsense" } });
    expect(await run("analyze", "--provider", "openai")).toBe(2);
    expect(err()).toMatch(/^onceover: OPENAI_BASE_URL is not a web address: nonsense\. /);
  });

  test.each([
    [["--fail-on", "error"], sampleReport(), 1],
    [["--fail-on", "never"], sampleReport(), 0],
    [[], sampleReport({ files: [sampleFile("a", "failed")] }), 3],
    [[], sampleReport({ run: { stoppedBy: "budget", complete: false } }), 4],
    [
      [],
      sampleReport({ run: { stoppedBy: "error", complete: false, error: { code: "invalid-key", message: "no" } } }),
      2,
    ],
  ] as const)("exit status with %j", async (flags, report, status) => {
    const { run } = withEngine({ report });
    expect(await run("analyze", "--provider", "openai", ...flags)).toBe(status);
  });

  test("an error within is one line; its stack comes with --verbose", async () => {
    const script = { run: () => Promise.reject(new TypeError("x is \u001b[31mundefined")) };
    const plain = withEngine(script);
    expect(await plain.run("analyze")).toBe(3);
    expect(plain.err()).toBe(
      "onceover: Something went wrong inside Onceover: x is \\u{1b}[31mundefined Run again with --verbose for the details.\n",
    );
    const verbose = withEngine(script);
    await verbose.run("analyze", "--verbose");
    expect(verbose.err()).toContain("runCli.test.ts");
    expect(verbose.err()).not.toContain("\u001b");
  });

  test("a part that is missing after an update says so", async () => {
    const { io } = commandLine({ cwd: temporaryFolder() });
    const missing = Object.assign(new Error("Cannot find module /secret/path"), { code: "ERR_MODULE_NOT_FOUND" });
    const line = { ...io, loadEngine: () => Promise.reject(missing) };
    const { runCli } = await import("../../../src/cli/runCli.ts");
    expect(await runCli(["analyze"], line)).toBe(3);
    expect((line.stderr as ReturnType<typeof memoryStream>).text()).toBe(
      "onceover: A part of Onceover is missing. Install it again.\n",
    );
  });
});

const terminal = () => memoryStream({ isTTY: true, columns: 80 });

describe("colour and control codes", () => {
  const report = sampleReport();

  test("a terminal gets colour, a pipe does not", async () => {
    const coloured = withEngine({ report }, { stdout: terminal() });
    await coloured.run("analyze");
    expect(coloured.out()).toContain("\u001b[31m");
    const piped = withEngine({ report });
    await piped.run("analyze");
    expect(piped.out() + piped.err()).not.toContain("\u001b");
  });

  test.each([
    [["--no-color"], {}],
    [[], { NO_COLOR: "1" }],
    [[], { TERM: "dumb" }],
  ])("%j with %j gets none", async (flags, env) => {
    const { run, out } = withEngine({ report }, { stdout: terminal(), env });
    await run("analyze", ...flags);
    expect(out()).not.toContain("\u001b");
  });

  test("a file gets none, whatever the terminal can", async () => {
    const { run, cwd } = withEngine({ report }, { stdout: terminal(), env: { FORCE_COLOR: "1" } });
    await run("analyze", "--output", "r.txt");
    expect(fs.readFileSync(path.join(cwd, "r.txt"), "utf8")).not.toContain("\u001b");
  });

  test("--quiet writes nothing to a terminal's stderr", async () => {
    const stderr = terminal();
    const { run } = withEngine({ report, events: [{ type: "notice", level: "warning", message: "slow" }] }, { stderr });
    await run("analyze", "--quiet");
    expect(stderr.text()).toBe("");
  });
});

/** Resolves with a report of what is done as soon as it is cancelled. */
const untilCancelled: FakeEngineScript["run"] = (_emit, { signal }) =>
  new Promise((resolve) => {
    const cancelled = sampleReport({
      run: { stoppedBy: "cancel", complete: false },
      files: [sampleFile("a", "reviewed"), sampleFile("b", "pending")],
    });
    signal?.addEventListener("abort", () => resolve(cancelled));
  });

describe("cancelling", () => {
  test("the first signal ends the run with its report and 130", async () => {
    const { engine, run, interrupt, listening, out, err, exits } = withEngine({ run: untilCancelled });
    const ended = run("analyze");
    await expect.poll(() => engine.requests.length).toBe(1);
    interrupt();
    expect(await ended).toBe(130);
    expect(err()).toContain("Cancelling; press again to end at once.\n");
    expect(out()).toContain("Partial, cancelled: 1 file is pending.");
    expect(exits).toEqual([]);
    expect(listening()).toBe(0);
  });

  test("the second one ends the process at once", async () => {
    const { promise, resolve } = Promise.withResolvers<Report>();
    const { engine, run, interrupt, exits } = withEngine({ run: () => promise });
    const ended = run("analyze", "--quiet");
    await expect.poll(() => engine.requests.length).toBe(1);
    interrupt();
    expect(exits).toEqual([]);
    interrupt();
    expect(exits).toEqual([130]);
    resolve(sampleReport());
    expect(await ended).toBe(130);
  });
});

describe("writing", () => {
  test("a reader that went away is no error", async () => {
    const { run, err } = withEngine({ report: sampleReport() }, { stdout: memoryStream({ failWith: "EPIPE" }) });
    expect(await run("analyze", "--quiet")).toBe(0);
    expect(err()).toBe("");
  });

  test("a full disk behind stdout is", async () => {
    const { run, err } = withEngine({ report: sampleReport() }, { stdout: memoryStream({ failWith: "ENOSPC" }) });
    expect(await run("analyze", "--quiet")).toBe(5);
    expect(err()).toBe("onceover: The result could not be written (ENOSPC). Make room; running again costs nothing.\n");
  });

  test("progress that cannot be written does not end the run", async () => {
    const { run, out } = withEngine({ report: offline }, { stderr: memoryStream({ failWith: "ENOSPC" }) });
    expect(await run("analyze")).toBe(0);
    expect(out()).toContain("free");
  });
});

describe("notices and logs", () => {
  const script: FakeEngineScript = {
    report: offline,
    run: async (emit, _options, { logger }) => {
      emit({ type: "notice", level: "info", message: "info notice" });
      emit({ type: "notice", level: "warning", message: "warning \u001b[2Jnotice" });
      emit({ type: "notice", level: "error", message: "error notice" });
      logger.debug("debug log");
      logger.warn("warn log");
      logger.error("error log");
      return offline;
    },
  };

  test.each([
    [[], ["warning \\u{1b}[2Jnotice", "error notice", "warn log", "error log"]],
    [["--quiet"], ["error notice", "error log"]],
    [["--verbose"], ["info notice", "warning \\u{1b}[2Jnotice", "error notice", "debug log", "warn log", "error log"]],
  ])("with %j", async (flags, lines) => {
    const { run, err } = withEngine(script);
    await run("analyze", ...flags);
    expect(err().trimEnd().split("\n")).toEqual(lines);
  });
});

describe("estimate", () => {
  const plan: PlanSummary = {
    provider: "openai",
    model: "gpt-5-mini",
    endpoint: "https://api.openai.com",
    files: 412,
    cachedFiles: 371,
    skippedFiles: 3,
    pendingFiles: 38,
    hits: 371,
    misses: 40,
    requests: 40,
    inputTokens: 297_400,
    outputTokens: 21_000,
    quote: { likelyUsd: 0.1, atMostUsd: 0.23 },
    priceKnown: true,
    budgetUsd: 1,
    pending: Array.from({ length: 12 }, (_, index) => ({
      path: `src/file${index}.ts`,
      sizeBytes: (20 - index) * 1_024,
      reason: "new",
    })),
    skipped: [{ path: "a.min.js", reason: "minified" }],
  };

  test("says what would be sent and what it would cost, and sends nothing", async () => {
    const { run, out } = withEngine({ plan });
    expect(await run("analyze", "--estimate", "--provider", "openai")).toBe(0);
    expect(out()).toContain(
      [
        "Plan for 412 files with gpt-5-mini at https://api.openai.com",
        "  371 cached · 38 to review · 3 skipped",
        "  skipped: 1 minified",
        "  about 297 k tokens in, 21 k out, in 40 requests",
        "  likely $0.10, at most $0.23 · budget $1.00",
        "",
        "Largest files to review",
        "  new:",
        "  20 KB  src/file0.ts",
        "  19 KB  src/file1.ts",
      ].join("\n"),
    );
    expect(out()).toMatch(/ {2}and 2 more files\n\nNothing was sent\.\n$/);
    expect(out().match(/new:/g)).toHaveLength(1);
  });

  test("json", async () => {
    const { run, out } = withEngine({ plan });
    await run("analyze", "--estimate", "--provider", "openai", "--format", "json");
    expect(JSON.parse(out())).toEqual({ schema: "onceover.plan/1", ...plan });
  });

  test.each([
    [{ priceKnown: false }, "price unknown: name it with --price IN:OUT, or run with --budget none"],
    [{ budgetUsd: null }, "likely $0.10, at most $0.23 · no budget"],
    [{ budgetUsd: 0.05 }, "The run will probably stop at the budget; what is finished by then is kept."],
    [
      { daily: { limitUsd: 2, usedUsd: 1.98, endsAt: "2026-11-22T00:00:00.000Z", reached: false } },
      "daily budget $2.00, $0.02 of it left today\n  The run will probably stop at the daily budget; what is finished by then is kept.",
    ],
    [{ misses: 0, pending: [] }, "nothing to send: free"],
    [{ provider: "offline", model: null, endpoint: null }, "free, nothing leaves this machine"],
  ] as const)("with %j", async (change, words) => {
    const { run, out } = withEngine({ plan: { ...plan, ...change } as PlanSummary });
    await run("analyze", "--estimate");
    expect(out()).toContain(words);
    if ("priceKnown" in change) expect(out()).not.toContain("$0.10");
  });
});

describe("cache", () => {
  const cache: FakeEngineScript["cache"] = {
    stats: async () => ({
      databasePath: "/data/onceover/\u202ereviews.db",
      sizeBytes: 84 * 1_024 ** 2,
      reviews: 409,
      verdicts: 1,
      analyses: 12_345,
      dismissals: 4,
      runs: 9,
      ledgerRows: 42,
      spentUsd: 2.87,
      maybeBilledUsd: 0,
      sqliteVersion: "3.53.0",
      journalMode: "wal",
    }),
    verify: async () => ({ ok: false, checked: 1_000, problems: ["reviews: row abc… is damaged"] }),
    prune: async (maxBytes) => maxBytes / 1_024 ** 2,
    clear: async () => 1,
  };

  test("stats", async () => {
    const { run, out, engine } = withEngine({ cache });
    expect(await run("cache", "stats", "--cache-dir", "store")).toBe(0);
    expect(out()).toMatch(/^Database {9}\/data\/onceover\/\\u\{202e\}reviews\.db\nSize {13}84 MB\nReviews {10}409\n/);
    expect(out()).toContain("Offline results  12,345\nDismissals       4\nRuns             9\n");
    expect(engine.settings[0]!.storeFolder).toMatch(/store$/);
    expect(engine.disposals).toBe(1);
  });

  test("a damaged store is 5", async () => {
    const { run, out } = withEngine({ cache });
    expect(await run("cache", "verify")).toBe(5);
    expect(out()).toBe(
      "Damaged: 1 problem in 1,000 entries. Damaged entries count as missing.\n  reviews: row abc… is damaged\n",
    );
    const sound = withEngine({ cache: { verify: async () => ({ ok: true, checked: 3, problems: [] }) } });
    expect(await sound.run("cache", "verify")).toBe(0);
    expect(sound.out()).toBe("Sound: 3 entries checked.\n");
  });

  test("prune and clear say what went and what stays", async () => {
    const { run, out } = withEngine({ cache });
    expect(await run("cache", "prune", "--max-mb", "7")).toBe(0);
    expect(await run("cache", "clear")).toBe(0);
    expect(out()).toBe(
      "Removed 7 entries. Paid reviews and the ledger are kept.\nRemoved 1 entry. The ledger is kept.\n",
    );
  });

  test("erase does nothing without --yes, and says with it what went", async () => {
    const erased = { reviews: 1, analyses: 12, dismissals: 0, runs: 2, ledgerRows: 1, sizeBytes: 4_096 };
    const refused = withEngine({ eraseAll: async () => erased });
    expect(await refused.run("cache", "erase")).toBe(2);
    expect(refused.engine.settings).toEqual([]);
    const { run, out } = withEngine({ eraseAll: async () => erased });
    expect(await run("cache", "erase", "--yes")).toBe(0);
    expect(out()).toMatch(/^Erased: 1 review, 12 offline results, 0 ignored findings, 2 runs, 1 request on record\.\n/);
  });

  test("a store in use is 5", async () => {
    const busy = new OnceoverError("store-busy", "A review is under way.", { advice: "Wait." });
    const { run, err } = withEngine({ eraseAll: () => Promise.reject(busy) });
    expect(await run("cache", "erase", "--yes")).toBe(5);
    expect(err()).toContain("A review is under way. Wait.");
  });

  test("json", async () => {
    const { run, out } = withEngine({ cache });
    await run("cache", "clear", "--format", "json");
    expect(JSON.parse(out())).toEqual({ schema: "onceover.cache-clear/1", removed: 1 });
  });
});

describe("models", () => {
  const models = [
    { name: "gpt-5-mini", isDefault: true, inputUsdPerMillion: 0.25, outputUsdPerMillion: 2 },
    { name: "odd\u001b[2J", isDefault: false, inputUsdPerMillion: null, outputUsdPerMillion: null },
  ];
  const loadModels: NonNullable<Parameters<typeof commandLine>[0]>["loadModels"] = async () => ({
    listModels: async () => models,
    listServedModels: () => Promise.reject(new Error("no server was named")),
  });

  test("names, prices, and what is not known", async () => {
    const { run, out } = commandLine({ loadModels });
    expect(await run("models")).toBe(0);
    expect(out()).toMatch(/^OpenAI's models .*, cheapest first\n/);
    expect(out()).toContain(
      "  gpt-5-mini      $0.250 in    $2.000 out  default\n  odd\\u{1b}[2J   unknown in   unknown out\n",
    );
  });

  test("json", async () => {
    const { run, out } = commandLine({ loadModels });
    await run("models", "--format", "json");
    expect(JSON.parse(out())).toEqual({ schema: "onceover.models/1", models });
  });

  test("of the provider that was named", async () => {
    const asked: unknown[] = [];
    const { run, out, err } = commandLine({
      loadModels: async () => ({
        listModels: async (_prices, provider) => (asked.push(provider), models),
        listServedModels: async ({ provider, baseUrl }) => (asked.push(provider, baseUrl), models),
      }),
    });
    expect(await run("models", "--provider", "anthropic")).toBe(0);
    expect(out()).toMatch(/^Anthropic's models for --provider anthropic, /);
    expect(await run("models", "--provider", "ollama")).toBe(0);
    expect(asked).toEqual(["anthropic", "ollama", "http://127.0.0.1:11434"]);
    expect(await run("models", "--provider", "offline")).toBe(2);
    expect(err()).toContain("--provider openai");
  });
});

test.each([
  [["models", "--base-url", "http://127.0.0.1:1/v1"], {}],
  [["models"], { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" }],
])("%j asks a server that was named for its own list", async (argv, env) => {
  const asked: unknown[] = [];
  const { run, out } = commandLine({
    env: { ...env, OPENAI_API_KEY: "sk-1" },
    loadModels: async () => ({
      listModels: () => Promise.reject(new Error("not OpenAI's")),
      async listServedModels({ baseUrl, ports }) {
        asked.push(baseUrl, await ports.secrets.apiKey("openai", "http://127.0.0.1:1"));
        return [{ name: "local", isDefault: false, inputUsdPerMillion: null, outputUsdPerMillion: null }];
      },
    }),
  });
  expect(await run(...argv)).toBe(0);
  expect(asked).toEqual(["http://127.0.0.1:1/v1", "sk-1"]);
  expect(out()).toMatch(
    /^Models of 127\.0\.0\.1:1, in its own order, list prices .*\n {2}local {3}unknown in {3}unknown out\n$/,
  );
});

test("help and version need nothing else; no command at all is a question", async () => {
  const { run, out, err } = commandLine();
  expect(await run("--version")).toBe(0);
  expect(out()).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await run("--help")).toBe(0);
  expect(out()).toContain("Usage\n");
  expect(err()).toBe("");
  expect(await run()).toBe(2);
  expect(err()).toContain("Usage\n");
});
