// The command line over files of which nothing has changed: answered without the engine, as the engine would answer.
import fs from "node:fs";
import path from "node:path";
import { onTestFinished, describe, expect, it } from "vitest";
import type { Report } from "../../src/shared/report.ts";
import { runCommand } from "../support/builtCommand.ts";
import { copyCorpus } from "../support/corpus.ts";
import { checkReport } from "../support/engineFixture.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const TRIES = 20;

/** Reviews real files until the answer stands: git's index, just written, may change once more within its stamp. */
async function standing() {
  const { folder, remove } = copyCorpus("express", { git: true });
  onTestFinished(remove);
  const store = temporaryFolder();
  const analyze = (...more: string[]) => runCommand(["analyze", folder, "--cache-dir", store, ...more]);
  const kept = () => (fs.existsSync(path.join(store, "standing")) ? fs.readdirSync(path.join(store, "standing")) : []);
  let slow = await analyze("--format", "json", "--quiet");
  for (let count = 0; kept().length === 0; count++) {
    if (count === TRIES) throw new Error("No answer was kept.");
    slow = await analyze("--format", "json", "--quiet");
  }
  return { folder, store, analyze, kept, slow: JSON.parse(slow.stdout) as Report };
}

/** The database would be opened, and so changed, by whoever asks the engine. */
const stampOf = (store: string) => fs.statSync(path.join(store, "onceover.db"), { bigint: true }).mtimeNs;

describe("an unchanged workspace", () => {
  it("is answered without the store, with the same findings, in every format", async () => {
    const { store, analyze, slow } = await standing();
    const stamp = stampOf(store);
    const { status, stdout, stderr } = await analyze("--format", "json", "--quiet");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const report = JSON.parse(stdout) as Report;
    checkReport(report);
    expect(report.findings).toEqual(slow.findings);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.coverage).toEqual({
      ...slow.coverage,
      cached: slow.coverage.cached + slow.coverage.reviewed,
      reviewed: 0,
    });
    expect(report.cost.usd).toBe(0);
    expect(Object.keys(report)).toEqual(Object.keys(slow));
    for (const format of ["pretty", "sarif", "markdown", "github"]) {
      const told = await analyze("--format", format);
      expect(told.status, format).toBe(0);
      expect(told.stdout, format).toContain(report.findings[0]!.path);
    }
    expect((await analyze("--quiet", "--fail-on", "info")).status).toBe(1);
    expect(stampOf(store)).toBe(stamp);
  });

  it("says on stderr what a run says that finds everything known", async () => {
    const { store, analyze } = await standing();
    const stamp = stampOf(store);
    const fast = await analyze("--format", "json");
    expect(stampOf(store)).toBe(stamp);
    // Without the store's answers it is a run.
    const slow = await analyze("--format", "json", "--verbose");
    const lines = (text: string) =>
      text
        .trim()
        .split("\n")
        .map((line) => line.replace(/\d+(\.\d+)? m?s/g, "time"));
    expect(lines(fast.stderr)).toEqual(lines(slow.stderr));
  });

  it("is reviewed anew as soon as a file is another one", async () => {
    const { folder, analyze, kept, slow } = await standing();
    const file = slow.files.find(({ path: one }) => one.endsWith(".js"))!.path;
    fs.appendFileSync(path.join(folder, file), "\nif (x = 1) y();\n");
    const report = JSON.parse((await analyze("--format", "json", "--quiet")).stdout) as Report;
    expect(report.coverage.reviewed).toBe(1);
    expect(kept()).toEqual([]);
  });

  it("is planned all the same where more is asked than its findings", async () => {
    const { folder, store, analyze } = await standing();
    const trace = path.join(temporaryFolder(), "trace.json");
    for (const more of [["--trace", trace], ["--no-cache"], ["--since", "HEAD"], ["--daily-budget", "5"]]) {
      const stamp = stampOf(store);
      expect((await analyze("--quiet", ...more)).status, more[0]).toBe(0);
      expect(stampOf(store), more[0]).not.toBe(stamp);
    }
    expect(fs.existsSync(trace)).toBe(true);
    const { stdout } = await analyze("--estimate", "--format", "json", "--quiet");
    expect(JSON.parse(stdout)).not.toHaveProperty("findings");
    expect(fs.existsSync(folder)).toBe(true);
  });

  it("is reviewed again as long as there is something to warn of", async () => {
    const { folder, analyze, kept } = await standing();
    fs.mkdirSync(path.join(folder, ".onceover"));
    fs.writeFileSync(path.join(folder, ".onceover/ignore.json"), "no JSON");
    for (let run = 0; run < 3; run++) expect((await analyze("--format", "json")).stderr).toContain("ignore.json");
    expect(kept()).toEqual([]);
  });

  it("leaves nothing behind when the cache is cleared", async () => {
    const { store, kept } = await standing();
    expect((await runCommand(["cache", "clear", "--cache-dir", store])).status).toBe(0);
    expect(kept()).toEqual([]);
  });
});
