// The main job without a model, as a user does it: review a real workspace, read what was found, come back later.
import { execFile } from "node:child_process";
import fs from "node:fs";
import { promisify } from "node:util";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../../src/shared/report.ts";
import { findNode } from "../support/vscode/findNode.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { ProblemCounts, Workbench } from "../support/vscode/workbench.ts";

let editor: Editor;
let workbench: Workbench;
/** What the command line says of the same files: the measure of what the window shows. */
let report: Report;

beforeAll(async () => {
  editor = await openEditor({ corpus: "node-gyp" });
  ({ workbench } = editor);
  report = await reportOfCommandLine();
});

afterAll(() => editor?.dispose());

test("a review by keyboard shows its progress, and every finding in Problems", async () => {
  expect(report.findings.length).toBeGreaterThan(0);
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench.notification(/Onceover.*\d+ of \d+ files/s).waitFor();
  await expect.poll(() => workbench.statusText(meter)).toBe(restingText());
  await expect.poll(() => workbench.problems()).toEqual(problemsOf(report));
  await expect.poll(() => workbench.notifications()).toEqual([]);
  await expect.poll(() => workbench.statusAria(meter)).toBe(`Onceover: ${restingText()}`);
});

test("a finding is one click from its line", async () => {
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  const rows = workbench.treeRows("Findings");
  await rows.first().waitFor();
  const [finding] = report.findings;
  const fileRow = rows.filter({ hasText: path.basename(finding!.path) }).first();
  await fileRow.click();
  await rows.filter({ hasText: /:\d+$/ }).first().click();
  await workbench.squiggles(finding!.severity).first().waitFor();
});

test("the performance panel accounts for every file, and a second run has them all in the cache", async () => {
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  await expect
    .poll(() => panelState())
    .toEqual({
      title: "Complete",
      files: counted({ reviewed: report.coverage.reviewed, skipped: report.coverage.skipped }),
    });
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect
    .poll(() => panelState())
    .toEqual({
      title: "Complete",
      files: counted({ cached: report.coverage.reviewed, skipped: report.coverage.skipped }),
    });
  await expect.poll(() => workbench.statusText(meter)).toBe(restingText());
  await expect.poll(() => workbench.problems()).toEqual(problemsOf(report));
});

test("another run tells again what it has told, and what another program has written is reviewed all the same", async () => {
  const toldAgain = () => editor.log().runs.filter((line) => line.includes("No change had been heard of"));
  const analyze = () => workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  // Events of what wrote the workspace may still come.
  await expect
    .poll(
      async () => {
        await analyze();
        return toldAgain().length;
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(0);
  await expect.poll(() => workbench.statusText(meter)).toBe(restingText());
  expect(await workbench.problems()).toEqual(problemsOf(report));
  const ofAnother = path.join(editor.folder, "of-another.js");
  fs.writeFileSync(ofAnother, "module.exports = (a) => {\n  if (a = 1) return 2;\n};\n");
  await analyze();
  const warnings = () => workbench.problems().then((counts) => counts.warnings);
  await expect.poll(warnings).toBe(problemsOf(report).warnings + 1);
  fs.rmSync(ofAnother);
  // One that is still under way is not begun twice.
  await expect.poll(async () => analyze().then(() => workbench.problems())).toEqual(problemsOf(report));
});

test("the whole window, for people to look at", async () => {
  await workbench.command("workbench.actions.view.problems", "View: Focus Problems");
  for (const kind of ["light", "dark"] as const) {
    await workbench.theme(kind);
    await workbench.screenshot(`out/screenshots/workspace-${kind}.png`);
  }
});

test("after a reload the findings are back, and nothing was analysed for it", async () => {
  const runsBefore = editor.log().runs.length;
  await workbench.reloadByCommand();
  await expect.poll(() => workbench.problems()).toEqual(problemsOf(report));
  await expect.poll(() => workbench.statusText(meter)).toBe(restingText());
  expect(editor.log().runs.length).toBe(runsBefore);
  expect(await workbench.notifications()).toEqual([]);
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

async function reportOfCommandLine(): Promise<Report> {
  const command = [
    "dist/cli.js",
    "analyze",
    editor.folder,
    "--format",
    "json",
    "--cache-dir",
    path.join(editor.homeFolder, "cli"),
  ];
  const { stdout } = await promisify(execFile)(findNode(), command, { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout) as Report;
}

function problemsOf({ findings }: Report): ProblemCounts {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: count("error"), warnings: count("warning"), infos: count("info") };
}

function restingText(): string {
  return `${report.findings.length} findings · offline`;
}

/** What the panel says of the run: its state, and how many files ended how. */
async function panelState(): Promise<{ title: string; files: Record<string, number> }> {
  const panel = await workbench.webview("section.run");
  const run = panel.locator("section.run");
  const entries = await run.locator(".legend li").allInnerTexts();
  const pairs = entries.map((entry) => /(\d+)\s+(\w+)/.exec(entry)).map((match) => [match?.[2], Number(match?.[1])]);
  return { title: await run.locator("h2").innerText(), files: Object.fromEntries(pairs) };
}

function counted(files: Record<string, number>): Record<string, number> {
  const sum = Object.values(files).reduce((total, count) => total + count, 0);
  expect(sum).toBe(report.coverage.files);
  return Object.fromEntries(Object.entries(files).filter(([, count]) => count > 0));
}
