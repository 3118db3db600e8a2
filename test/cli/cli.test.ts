import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished, describe, expect, it } from "vitest";
import type { Report } from "../../src/shared/report.ts";
import { runCommand, startCommand } from "../support/builtCommand.ts";
import { copyCorpus } from "../support/corpus.ts";
import { checkReport, openSimulator } from "../support/engineFixture.ts";
import type { RequestRecord } from "../support/providerSimulator/requestLog.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

type Simulator = Awaited<ReturnType<typeof openSimulator>>;

/** Names of the units that the requests are about. */
function unitsIn(requests: readonly Pick<RequestRecord, "body">[]): string[] {
  return requests.flatMap(({ body }) => JSON.stringify(body).match(/<unit-\w+>/g) ?? []);
}

function workspaceOf(count: number): string {
  const entries = Array.from({ length: count }, (_, index) => [
    `src/file${index}.ts`,
    `export function f${index}() {\n  return send(${index});\n}\n`,
  ]);
  return temporaryFolder(Object.fromEntries(entries) as Record<string, string>);
}

function modelArguments(simulator: Simulator, folder: string, store: string, ...more: string[]): string[] {
  return [
    "analyze",
    folder,
    "--provider",
    "openai",
    "--base-url",
    simulator.url,
    // One request for each file.
    "--no-refute",
    "--model",
    simulator.model,
    "--format",
    "json",
    "--cache-dir",
    store,
    ...more,
  ];
}

const keyOf = (simulator: Simulator) => ({ ONCEOVER_API_KEY: simulator.key ?? "" });
const parse = (stdout: string) => JSON.parse(stdout) as Report;

/** One line, and it names what to do. */
function expectOneLine(stderr: string): void {
  const lines = stderr.trim().split("\n");
  expect(lines.at(-1)).toMatch(/\w/);
  expect(lines).toHaveLength(1);
}

describe("onceover analyze, offline", () => {
  it("accounts for every file of real packages, in JavaScript, Python and Go", async () => {
    for (const name of ["express", "node-gyp", "vercel-go"] as const) {
      const copy = copyCorpus(name, { git: true });
      onTestFinished(() => copy.remove());
      const { status, stdout } = await runCommand([
        "analyze",
        copy.folder,
        "--format",
        "json",
        "--quiet",
        "--cache-dir",
        temporaryFolder(),
      ]);
      expect(status).toBe(0);
      const report = parse(stdout);
      checkReport(report);
      expect(report.run.complete).toBe(true);
      for (const finding of report.findings) {
        const lines = fs
          .readFileSync(path.join(copy.folder, finding.path), "utf8")
          .replace(/^\uFEFF/, "")
          .split("\n")
          .slice(finding.startLine - 1, finding.endLine);
        lines[lines.length - 1] = lines.at(-1)!.slice(0, finding.endColumn - 1);
        lines[0] = lines[0]!.slice(finding.startColumn - 1);
        expect(lines.join("\n")).toBe(finding.quote);
      }
    }
  });

  it("answers the version, and help that lists no flag it does not have", async () => {
    expect((await runCommand(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { stdout } = await runCommand(["--help"]);
    expect(stdout).toContain("--estimate");
    expect(stdout).not.toContain("worker");
  });

  it("exits 1 only when asked to, and something was found", async () => {
    const folder = temporaryFolder({ "a.py": "def f():\n    try:\n        g()\n    except:\n        pass\n" });
    const store = temporaryFolder();
    const at = (...more: string[]) => runCommand(["analyze", folder, "--cache-dir", store, ...more]);
    expect((await at()).status).toBe(0);
    expect((await at("--fail-on", "info")).status).toBe(1);
    expect((await at("--fail-on", "error")).status).toBe(0);
  });
});

describe("--output", () => {
  it("writes to a device instead of replacing it", async () => {
    const folder = temporaryFolder();
    fs.symlinkSync("/dev/null", path.join(folder, "link"));
    const result = await runCommand([
      "analyze",
      workspaceOf(1),
      "--quiet",
      "--cache-dir",
      temporaryFolder(),
      "--output",
      path.join(folder, "link"),
    ]);
    expect(result.status).toBe(0);
    expect(fs.lstatSync(path.join(folder, "link")).isSymbolicLink()).toBe(true);
    expect(fs.statSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});

describe("what goes wrong", () => {
  it.each([
    ["a missing folder", ["analyze", "/nowhere/at/all"], 2],
    ["an unknown flag", ["analyze", "--colour"], 2],
    ["an unknown command", ["analyse"], 2],
    ["a bad number", ["analyze", "--concurrency", "0"], 2],
    ["a provider that nobody has", ["analyze", "--provider", "anthropics"], 2],
    ["an address that is none", ["analyze", "--provider", "openai", "--base-url", "nowhere"], 2],
  ])("says in one line: %s", async (_, args, status) => {
    const result = await runCommand(
      [...args, "--cache-dir", temporaryFolder()].slice(0, args[0] === "analyze" ? undefined : 1),
    );
    expect(result.status).toBe(status);
    expect(result.stdout).toBe("");
    expectOneLine(result.stderr);
  });

  it("tells a file from a folder, and what to do", async () => {
    const folder = temporaryFolder({ "a.ts": "1" });
    const result = await runCommand(["analyze", path.join(folder, "a.ts")]);
    expect(result.status).toBe(2);
    expect(result.stderr).toContain("--include");
  });

  it("does not take a mistyped pattern for a clean review", async () => {
    const result = await runCommand([
      "analyze",
      workspaceOf(1),
      "--include",
      "scr/**",
      "--cache-dir",
      temporaryFolder(),
      "--quiet",
    ]);
    expect(result.status).toBe(2);
    expectOneLine(result.stderr);
    expect(result.stderr).toContain("scr/**");
  });

  it("ends where folders can neither be made nor are there", async () => {
    const result = await runCommand(["analyze", workspaceOf(1), "--cache-dir", "/proc/onceover/store", "--quiet"]);
    expect(result.status).toBe(5);
    expectOneLine(result.stderr);
  });

  it("reviews an empty folder and says so", async () => {
    const result = await runCommand(["analyze", temporaryFolder(), "--cache-dir", temporaryFolder()]);
    expect(result.status).toBe(0);
  });

  it("exits 5 when the store cannot be used", async () => {
    const store = path.join(temporaryFolder({ file: "" }), "file");
    const result = await runCommand(["analyze", workspaceOf(1), "--cache-dir", store, "--quiet"]);
    expect(result.status).toBe(5);
    expectOneLine(result.stderr);
  });

  it("sends one request with a wrong key, none without one, and exits 2", async () => {
    const simulator = await openSimulator();
    const args = modelArguments(simulator, workspaceOf(20), temporaryFolder(), "--quiet");
    const wrong = await runCommand(args, { ONCEOVER_API_KEY: "wrong" });
    expect(wrong.status).toBe(2);
    expect(simulator.requests).toHaveLength(1);
    expectOneLine(wrong.stderr);
    expect(parse(wrong.stdout).coverage.pending).toBe(20);
    const none = await runCommand([
      "analyze",
      workspaceOf(1),
      "--provider",
      "openai",
      "--quiet",
      "--cache-dir",
      temporaryFolder(),
    ]);
    expect(none.status).toBe(2);
    expectOneLine(none.stderr);
  });

  it("exits 3 when the server is down, and 2 when the account is empty", async () => {
    const simulator = await openSimulator({ faults: [{ fault: { kind: "quota" } }] });
    const args = modelArguments(simulator, workspaceOf(5), temporaryFolder(), "--quiet");
    expect((await runCommand(args, keyOf(simulator))).status).toBe(2);
    expect(simulator.requests).toHaveLength(1);
    await simulator.stopListening();
    const down = await runCommand(args, keyOf(simulator));
    expect(down.status).toBe(3);
    expectOneLine(down.stderr);
  });
});

describe("money", () => {
  it("quotes without a key and without a request", async () => {
    const simulator = await openSimulator();
    const args = modelArguments(simulator, workspaceOf(5), temporaryFolder(), "--estimate");
    const { status, stdout } = await runCommand(args);
    expect(status).toBe(0);
    const plan = JSON.parse(stdout) as { quote: { likelyUsd: number; atMostUsd: number }; pendingFiles: number };
    expect(plan.pendingFiles).toBe(5);
    expect(plan.quote.likelyUsd).toBeGreaterThan(0);
    expect(plan.quote.atMostUsd).toBeGreaterThan(plan.quote.likelyUsd);
    expect(simulator.requests).toHaveLength(0);
  });

  it("stops at the budget with exit 4, below it, and goes on from there", async () => {
    const simulator = await openSimulator({ replyTokens: 300 });
    const [folder, store] = [workspaceOf(60), temporaryFolder()];
    const quote = JSON.parse((await runCommand(modelArguments(simulator, folder, store, "--estimate"))).stdout) as {
      quote: { likelyUsd: number };
    };
    const budgetUsd = quote.quote.likelyUsd / 2;
    const stopped = await runCommand(
      modelArguments(simulator, folder, store, "--budget", budgetUsd.toFixed(6), "--quiet"),
      keyOf(simulator),
    );
    expect(stopped.status).toBe(4);
    expect(simulator.bill().usd).toBeLessThanOrEqual(budgetUsd);
    const report = parse(stopped.stdout);
    checkReport(report);
    expect(report.run.complete).toBe(false);
    const rest = await runCommand(modelArguments(simulator, folder, store, "--quiet"), keyOf(simulator));
    expect(rest.status).toBe(0);
    expect(new Set(unitsIn(simulator.requests)).size).toBe(60);
    expect(unitsIn(simulator.requests)).toHaveLength(60);
  });

  it("asks no key and sends nothing when all is stored", async () => {
    const simulator = await openSimulator();
    const [folder, store] = [workspaceOf(5), temporaryFolder()];
    await runCommand(modelArguments(simulator, folder, store), keyOf(simulator));
    const { status, stdout } = await runCommand(modelArguments(simulator, folder, store));
    expect(status).toBe(0);
    expect(parse(stdout).coverage.cached).toBe(5);
    expect(simulator.requests).toHaveLength(5);
  });
});

describe("a process that ends", () => {
  const leases = (store: string) => {
    const db = new DatabaseSync(path.join(store, "onceover.db"), { readOnly: true });
    try {
      return Number(db.prepare("SELECT count(*) AS n FROM leases").get()?.["n"]);
    } finally {
      db.close();
    }
  };

  /** Resolves when the replies about so many units have been delivered in full. */
  function untilEnded(count: number) {
    let ended = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const onRequestEnd = (request: RequestRecord) => {
      ended += unitsIn([request]).length;
      if (ended >= count) resolve();
    };
    return { promise, onRequestEnd };
  }

  it("loses nothing committed to kill -9, and pays again for what was in flight at most", async () => {
    const half = untilEnded(20);
    const simulator = await openSimulator({ firstTokenMs: 20, onRequestEnd: half.onRequestEnd });
    const [folder, store] = [workspaceOf(40), temporaryFolder()];
    const args = modelArguments(simulator, folder, store, "--concurrency", "4", "--quiet");
    const command = startCommand(args, keyOf(simulator));
    await half.promise;
    command.kill("SIGKILL");
    await command.done;
    await simulator.whenIdle();
    const sent = simulator.requests.length;
    const inFlight = simulator.requests.slice(-4);
    const { status, stdout } = await runCommand(args, keyOf(simulator));
    expect(status).toBe(0);
    const report = parse(stdout);
    const before = unitsIn(simulator.requests.slice(0, sent)).length;
    expect(report.coverage.cached).toBeGreaterThanOrEqual(before - unitsIn(inFlight).length);
    expect(unitsIn(simulator.requests.slice(sent))).toHaveLength(40 - report.coverage.cached);
    const verified = await runCommand(["cache", "verify", "--cache-dir", store]);
    expect(verified.status).toBe(0);
  });

  it("is quiet within a second of SIGTERM, with no lease left and exit 130", async () => {
    const some = untilEnded(8);
    const simulator = await openSimulator({ firstTokenMs: 20, onRequestEnd: some.onRequestEnd });
    const store = temporaryFolder();
    const command = startCommand(
      modelArguments(simulator, workspaceOf(60), store, "--concurrency", "4"),
      keyOf(simulator),
    );
    await some.promise;
    const before = performance.now();
    command.kill("SIGTERM");
    const { status, stdout } = await command.done;
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(status).toBe(130);
    const report = parse(stdout);
    checkReport(report);
    expect(report.run.stoppedBy).toBe("cancel");
    expect(report.usage.outputTokens).toBeGreaterThan(0);
    expect(leases(store)).toBe(0);
    expect(() => process.kill(command.pid, 0)).toThrow();
  });

  it("works while another process holds the store's lock", async () => {
    const store = temporaryFolder();
    const folder = workspaceOf(3);
    await runCommand(["analyze", folder, "--cache-dir", store, "--quiet"]);
    const db = new DatabaseSync(path.join(store, "onceover.db"));
    db.exec("BEGIN IMMEDIATE");
    const command = startCommand(["analyze", workspaceOf(4), "--cache-dir", store, "--format", "json", "--quiet"]);
    const timer = setTimeout(() => db.exec("COMMIT"), 1_000);
    onTestFinished(() => clearTimeout(timer));
    const { status, stdout } = await command.done;
    db.close();
    expect(status).toBe(0);
    expect(parse(stdout).run.complete).toBe(true);
  });
});
