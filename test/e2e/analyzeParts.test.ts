// Parts of a workspace with two folders: a folder from Explorer and from the tree, what is selected in an editor.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { packagedVsix } from "../support/vscode/packagedVsix.ts";
import { startVsCode, type VsCode } from "../support/vscode/startVsCode.ts";
import { Workbench } from "../support/vscode/workbench.ts";

const meter = "onceover.onceover.onceover.meter";
const defect = "def run(text):\n    return eval(text)\n";
const harmless = "def keep(text):\n    return text\n";

let root: string;
let vsCode: VsCode;
let browser: Browser;
let workbench: Workbench;

function write(name: string, text: string): void {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-parts-"));
  const home = path.join(root, "home");
  fs.mkdirSync(home);
  for (const name of ["api/inner/one.py", "api/other/two.py", "site/pages/three.py"]) write(name, defect);
  write("api/top.py", `${harmless}\n\n${defect}\n\n${harmless}`);
  const file = path.join(root, "both.code-workspace");
  fs.writeFileSync(file, JSON.stringify({ folders: [{ path: "api" }, { path: "site" }] }));
  const env = { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, XDG_DATA_HOME: undefined };
  vsCode = await startVsCode({ folder: file, vsix: packagedVsix(), env });
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  workbench = await Workbench.open(page, vsCode);
  await workbench.statusItem(meter).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await vsCode?.stop();
  if (root) fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

const rows = (text: string | RegExp) => workbench.treeRows("Findings").filter({ hasText: text });

async function showFindings(): Promise<void> {
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
}

test("a folder is reviewed from Explorer, and nothing beside it", async () => {
  await workbench.command("workbench.view.explorer", "View: Show Explorer");
  await workbench.explorerRow("api").click();
  // Whether the click has opened or closed it: the key opens it, or goes into it.
  await workbench.page.keyboard.press("ArrowRight");
  await workbench.explorerRow("inner").click({ button: "right" });
  await workbench.chooseInMenu("Analyze Folder");
  await expect.poll(() => workbench.statusText(meter)).toContain("1 finding ");
  await showFindings();
  await rows(/one\.py.*api\/inner/).waitFor();
  expect(await workbench.treeRows("Findings").count()).toBe(1);
});

test("a folder of the tree is reviewed with what is new in it, under the names of the workspace's folders", async () => {
  await showFindings();
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await rows(/three\.py.*site\/pages/).waitFor();
  await workbench.command("onceover.groupFindings", "Onceover: Group Findings by…");
  await workbench.pick("Folder");
  const folder = rows(/site\/pages.*1 finding in 1 file/);
  await folder.waitFor();
  write("site/pages/new.py", defect);
  write("api/other/unasked.py", defect);
  await folder.click({ button: "right" });
  await workbench.chooseInMenu("Analyze Folder");
  await rows(/site\/pages.*2 findings in 2 files/).waitFor();
  await rows(/api\/other.*1 finding in 1 file/).waitFor();
  await workbench.screenshot("out/screenshots/findings-folders.png");
});

test("a selection's file is reviewed, and what touches the selection is shown", async () => {
  await workbench.openFile("top.py");
  await workbench.page.keyboard.press("ControlOrMeta+a");
  await workbench.commandByKeyboard("onceover.analyzeSelection", "Onceover: Analyze Selection");
  await workbench.statusMessage("Finding 1 of 1 in the selection").waitFor();
  await workbench.page.keyboard.press("ControlOrMeta+Home");
  await workbench.page.keyboard.press("Shift+ArrowDown");
  await workbench.commandByKeyboard("onceover.analyzeSelection", "Onceover: Analyze Selection");
  const told = workbench.notification(/no finding touches lines 1–1\. Elsewhere in the file: 1 finding/);
  await told.waitFor();
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});
