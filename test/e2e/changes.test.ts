// Only what differs from a revision is reviewed; what is known of all other files stays.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { initRepository } from "../support/gitRepository.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { packagedVsix } from "../support/vscode/packagedVsix.ts";
import { startVsCode, type VsCode } from "../support/vscode/startVsCode.ts";
import { Workbench } from "../support/vscode/workbench.ts";

const meter = "onceover.onceover.onceover.meter";
const defect = "def run(text):\n    return eval(text)\n";

let root: string;
let folder: string;
let vsCode: VsCode;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-changes-"));
  folder = path.join(root, "workspace");
  const home = path.join(root, "home");
  for (const made of [folder, home]) fs.mkdirSync(made);
  fs.writeFileSync(path.join(folder, "kept.py"), defect);
  fs.writeFileSync(path.join(folder, "edited.py"), "def run(code):\n    return code\n");
  initRepository(folder);
  fs.writeFileSync(path.join(folder, "edited.py"), defect);
  const env = { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, XDG_DATA_HOME: undefined };
  vsCode = await startVsCode({ folder, vsix: packagedVsix(), env });
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

test("what is not committed is reviewed, by keyboard alone, and nothing else", async () => {
  await workbench.commandByKeyboard("onceover.analyzeChanges", "Onceover: Analyze Changes");
  // The repository's own branch, and no other.
  await expect.poll(async () => (await workbench.pickLabels()).join("\n")).toMatch(/main.*current branch/);
  expect(await workbench.pickLabels()).toHaveLength(3);
  await workbench.pickByKeyboard("uncommitted");
  await expect.poll(() => workbench.statusText(meter)).toContain("1 finding ");
  expect((await workbench.problemRows()).join("\n")).toContain("edited.py");
});

test("a revision that is not there is said, and nothing is lost", async () => {
  await workbench.commandByKeyboard("onceover.analyzeChanges", "Onceover: Analyze Changes");
  await workbench.pickByKeyboard("another branch");
  await workbench.type("no-such-branch", "as git knows it");
  await expect
    .poll(async () => (await workbench.notifications()).map(({ message }) => message).join())
    .toContain("There is no git revision no-such-branch here");
  expect(await workbench.problems()).toMatchObject({ warnings: 1 });
});
