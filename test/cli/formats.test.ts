import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import type { Log } from "sarif";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { renderSarif } from "../../src/core/export/sarifReporter.ts";
import type { Report } from "../../src/shared/report.ts";
import { installPackages } from "../../tools/installPackages.ts";
import { runCommand } from "../support/builtCommand.ts";
import { copyCorpus } from "../support/corpus.ts";
import { openSimulator } from "../support/engineFixture.ts";
import { initRepository, runGit } from "../support/gitRepository.ts";
import { sampleFile, sampleFinding, sampleReport } from "../support/sampleReport.ts";
import { temporaryFolder, writeFiles } from "../support/temporaryFolder.ts";

const toolFolder = path.resolve(import.meta.dirname, "../../tools/sarif");
const modules = path.join(toolFolder, "node_modules");
const SCHEMA = "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";

const SWALLOWED = "def f():\n    try:\n        g()\n    except:\n        pass\n";

let isValid: ValidateFunction;

beforeAll(() => {
  installPackages({ folder: toolFolder, announcement: "Fetching SARIF's schema and readers from npm (10 MB, once) …" });
  const { $schema: _draft4, id: _id, ...schema } = readJson(path.join(modules, SCHEMA));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  isValid = ajv.compile(schema);
});

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, unknown>;
}

function checkSarif(text: string): Log {
  const log: unknown = JSON.parse(text);
  isValid(log);
  expect(isValid.errors ?? []).toEqual([]);
  return log as Log;
}

function analyze(folder: string, store: string, ...more: string[]) {
  return runCommand(["analyze", folder, "--quiet", "--cache-dir", store, ...more]);
}

describe("--format sarif", () => {
  it("is valid, and points at what the report points at, in real packages", async () => {
    for (const name of ["express", "node-gyp", "vercel-go", "flatted"] as const) {
      const copy = copyCorpus(name);
      onTestFinished(() => copy.remove());
      const store = temporaryFolder();
      const report = JSON.parse((await analyze(copy.folder, store, "--format", "json")).stdout) as Report;
      const { status, stdout } = await analyze(copy.folder, store, "--format", "sarif");
      expect(status).toBe(0);
      const [run] = checkSarif(stdout).runs;
      expect(run!.results).toHaveLength(report.findings.length);
      const ids = run!.results!.map((result) => result.partialFingerprints!["onceoverFinding/v1"]);
      expect(ids.toSorted()).toEqual(report.findings.map((finding) => finding.id).toSorted());
      for (const result of run!.results!) {
        const { artifactLocation, region } = result.locations![0]!.physicalLocation!;
        const base = run!.originalUriBaseIds![artifactLocation!.uriBaseId!]!.uri!;
        const source = fs.readFileSync(fileURLToPath(new URL(artifactLocation!.uri!, base)), "utf8");
        const lines = source.replace(/^\uFEFF/, "").split("\n");
        const cut = lines.slice(region!.startLine! - 1, region!.endLine);
        cut[cut.length - 1] = cut.at(-1)!.slice(0, region!.endColumn! - 1);
        cut[0] = cut[0]!.slice(region!.startColumn! - 1);
        if (region!.snippet) expect(cut.join("\n")).toBe(region!.snippet.text);
        expect(run!.tool.driver.rules![result.ruleIndex!]!.id).toBe(result.ruleId);
      }
      expect(run!.results!.some((result) => result.locations![0]!.physicalLocation!.region!.snippet)).toBe(true);
    }
  });

  it("is valid for whatever a path, a model or a run may hold", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.constantFrom("](", "a/b", "\ud800", "\u202e"),
    );
    const position = fc.integer({ min: 1, max: 1_000_000 });
    const range = fc.record({ startLine: position, startColumn: position, endLine: position, endColumn: position });
    const finding = fc.record(
      {
        path: anyText,
        title: anyText,
        detail: anyText,
        quote: anyText,
        rule: anyText,
        severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
        fix: fc.option(
          fc.record({
            edits: fc.array(
              fc.tuple(range, anyText).map(([at, newText]) => ({ ...at, newText })),
              { minLength: 1 },
            ),
          }),
        ),
      },
      { noNullPrototype: true },
    );
    const file = fc.record({ path: anyText, status: fc.constantFrom("failed", "pending", "skipped"), reason: anyText });
    // A report names each file once, and so does SARIF: its notifications must differ.
    const someFiles = fc.uniqueArray(file, { selector: ({ path }) => path.toWellFormed() });
    const folders = [{ path: temporaryFolder(), prefix: "" }];
    fc.assert(
      fc.property(fc.array(fc.tuple(finding, range)), someFiles, (findings, listed) => {
        const report = sampleReport({
          findings: findings.map(([one, at]) => sampleFinding({ ...one, ...at })),
          files: listed.map(({ path: name, status, reason }) => sampleFile(name, status as "failed", { reason })),
          run: { complete: listed.length === 0 },
        });
        const text = [...renderSarif(report, { folders, readLines: () => undefined })].join("");
        const log = checkSarif(text);
        expect(log.runs[0]!.results).toHaveLength(findings.length);
        expect(text).not.toMatch(/[\u200b-\u200f\u202a-\u202e]/);
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  it("is the same whether the findings were stored or new", async () => {
    const folder = temporaryFolder({ "a.py": SWALLOWED, "b/a.py": SWALLOWED });
    const store = temporaryFolder();
    const [first, second] = [
      checkSarif((await analyze(folder, store, "--format", "sarif")).stdout),
      checkSarif((await analyze(folder, store, "--format", "sarif")).stdout),
    ];
    expect(first.runs[0]!.results!.length).toBeGreaterThan(0);
    expect(second.runs[0]!.results).toEqual(first.runs[0]!.results);
  });

  it("is read by other programs", async () => {
    const folder = temporaryFolder({ "a b/ü%.py": SWALLOWED });
    const file = path.join(temporaryFolder(), "r.sarif");
    await analyze(folder, temporaryFolder(), "--format", "sarif", "--output", file);
    const [run] = checkSarif(fs.readFileSync(file, "utf8")).runs;
    expect(run!.results).toHaveLength(1);

    const script = path.join(modules, "sarif-junit/bin/sarif-junit.js");
    execFileSync(process.execPath, [script, "-i", file, "-o", `${file}.xml`], { stdio: "ignore" });
    const junit = fs.readFileSync(`${file}.xml`, "utf8");
    expect(junit).toContain('classname="swallowed-error"');
    expect(junit).toContain('file="a%20b/%C3%BC%25.py"');

    const { sarifToMarkdown } = createRequire(path.join(toolFolder, "package.json"))(
      "@security-alert/sarif-to-markdown",
    ) as { sarifToMarkdown(options: object): (log: unknown) => { readonly body: string }[] };
    const convert = sarifToMarkdown({ owner: "o", repo: "r", branch: "main", sourceRoot: "" });
    const [page] = convert(readJson(file));
    expect(page!.body).toContain("blob/main/a%20b/%C3%BC%25.py#L4");
    expect(page!.body).toContain("Name: Onceover");
  });

  it("is valid and no success when the budget stopped a model's review", async () => {
    const simulator = await openSimulator();
    const files = Array.from({ length: 6 }, (_, index) => [`f${index}.ts`, `export const f${index} = ${index};\n`]);
    const folder = temporaryFolder(Object.fromEntries(files) as Record<string, string>);
    const model = `--provider openai --base-url ${simulator.url} --model ${simulator.model}`;
    const money = "--price 1000:1000 --budget 0.01";
    const argv = `analyze ${folder} --quiet --cache-dir ${temporaryFolder()} ${model} ${money} --format sarif`;
    const { status, stdout } = await runCommand(argv.split(" "), { ONCEOVER_API_KEY: simulator.key ?? "" });
    expect(status).toBe(4);
    const [run] = checkSarif(stdout).runs;
    expect(run!.invocations![0]).toMatchObject({ executionSuccessful: false });
    const pending = run!.invocations![0]!.toolExecutionNotifications!.filter((one) => one.level === "warning");
    expect(pending.flatMap((one) => one.locations ?? [])).toHaveLength(6);
  });
});

describe("--since", () => {
  it("annotates what a branch changed, from the repository's top, and nothing else", async () => {
    const folder = temporaryFolder({ "pkg/old.py": SWALLOWED, "pkg/kept.py": "x = 1\n" });
    initRepository(folder);
    runGit(folder, "switch", "-q", "-c", "work");
    writeFiles(folder, { "pkg/new.py": SWALLOWED });
    const place = `${path.join(folder, "pkg")} --cache-dir ${temporaryFolder()}`;
    const argv = `analyze ${place} --quiet --since main --format github --fail-on info`;
    const env = { GITHUB_WORKSPACE: folder, GITHUB_ACTIONS: "true" };
    const { status, stdout, stderr } = await runCommand(argv.split(" "), env);
    expect(stderr).toBe("");
    expect(status).toBe(1);
    expect(stdout.match(/^::\w+ file=([^,]*),line=4,/gm)).toHaveLength(1);
    expect(stdout).toMatch(/^::notice file=pkg\/new\.py,line=4,/);
    expect(stdout).toContain("\nonly files that differ from main were looked at\n1 file · 1 reviewed\n");
  });

  it("is a mistake of usage where there is no such revision or no repository", async () => {
    const folder = temporaryFolder({ "a.py": "x = 1\n" });
    const store = temporaryFolder();
    const nowhere = await analyze(folder, store, "--since", "main");
    expect([nowhere.status, nowhere.stdout]).toEqual([2, ""]);
    expect(nowhere.stderr).toBe(
      `onceover: ${folder} is in no git repository. Review all of it, or name a folder that is.\n`,
    );
    initRepository(folder);
    for (const revision of ["gone", "--since=-x", "-p"]) {
      const refused = await analyze(folder, store, ...(revision.startsWith("--") ? [revision] : ["--since", revision]));
      expect(refused.status).toBe(2);
      expect(refused.stderr).toMatch(/^onceover: .*revision.*\n$/);
    }
  });
});
