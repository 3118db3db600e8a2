// The findings tree in a real window: grouped, walked through by keyboard, and as it was after a reload.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CorpusCopy, copyCorpus } from "../support/corpus.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { packagedVsix } from "../support/vscode/packagedVsix.ts";
import { startVsCode, type VsCode } from "../support/vscode/startVsCode.ts";
import { Workbench } from "../support/vscode/workbench.ts";

let workspace: CorpusCopy;
let homeFolder: string;
let vsCode: VsCode;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
  workspace = copyCorpus("node-gyp");
  homeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-home-"));
  const env = { HOME: homeFolder, USERPROFILE: homeFolder, LOCALAPPDATA: homeFolder, XDG_DATA_HOME: undefined };
  vsCode = await startVsCode({ folder: workspace.folder, vsix: packagedVsix(), env });
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  workbench = await Workbench.open(page, vsCode);
  await workbench.statusItem("onceover.onceover.onceover.meter").waitFor();
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  await workbench.treeRows("Findings").first().waitFor();
});

afterAll(async () => {
  await browser?.close();
  await vsCode?.stop();
  workspace?.remove();
  if (homeFolder) fs.rmSync(homeFolder, { recursive: true, force: true, maxRetries: 5 });
});

test("grouped by severity, every group says how many it holds", async () => {
  await workbench.command("onceover.groupFindings", "Onceover: Group Findings by…");
  await workbench.pick("Severity");
  const group = workbench.treeRows("Findings").filter({ hasText: /Warnings.*findings? in \d+ files?/ });
  await group.waitFor();
  await workbench.screenshot("out/screenshots/findings-severity.png");
});

test("the next finding opens its file and says which of how many it is", async () => {
  await workbench.command("onceover.nextFinding", "Onceover: Next Finding");
  await workbench.statusMessage(/Finding \d+ of \d+/).waitFor();
});

test("the grouping is the same after a reload", async () => {
  await workbench.reload();
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  await workbench
    .treeRows("Findings")
    .filter({ hasText: /Warnings.*in \d+ files?/ })
    .waitFor();
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});
