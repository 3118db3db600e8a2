// A build of the extension in which a leak is planted: the panel names it, once, and offers what to do.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { leakingBuild, plantedName } from "../support/vscode/leakingBuild.ts";
import { meter } from "../support/vscode/openEditor.ts";
import { startVsCode, type VsCode } from "../support/vscode/startVsCode.ts";
import { Workbench } from "../support/vscode/workbench.ts";

/** A trend needs eighteen; two more would be too late. */
const mostRuns = 20;

let root: string;
let leaking: Awaited<ReturnType<typeof leakingBuild>>;
let vsCode: VsCode;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-e2e-"));
  const folder = path.join(root, "workspace");
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, "a.js"), "eval(input);\n");
  leaking = await leakingBuild();
  const env = { HOME: root, USERPROFILE: root, LOCALAPPDATA: root, XDG_DATA_HOME: undefined };
  vsCode = await startVsCode({ folder, link: leaking, env });
  browser = await launchBrowser();
  workbench = await Workbench.open(await browser.newPage({ viewport: { width: 1280, height: 900 } }), vsCode);
  await workbench.statusItem(meter).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await vsCode?.stop();
  leaking?.remove();
  if (root) fs.rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

test("what grows with every run is named within twenty, with a heap snapshot to take", async () => {
  await workbench.command("onceover.openPanelInEditor", "Onceover: Open Panel in Editor");
  const panel = await workbench.webview("section.run");
  const alert = panel.locator(".alert", { hasText: "Memory grows with every run" });
  let runs = 0;
  while (runs < mostRuns && (await alert.count()) === 0) {
    runs++;
    await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
    if (runs === 1) await panel.locator("summary", { hasText: "Memory" }).click();
    await panel.getByText(new RegExp(`^${runs}\\. After the run`)).waitFor();
  }
  expect(runs).toBeGreaterThanOrEqual(18);
  expect(await alert.innerText()).toContain(`most likely in ${plantedName}:`);
  await workbench.screenshot("out/screenshots/planted-leak.png");
  await alert.getByRole("button", { name: "Save Heap Snapshot…" }).click();
  await workbench.dialog().waitFor();
  await workbench.page.keyboard.press("Escape");
}, 400_000);
