// `npm run pictures [NAME…]`: makes the README's pictures anew, in media/pictures, from the packaged extension in a real
// VS Code, each dark and light. The code is a published package, the offline findings are real; the model is the
// provider simulator, which finds nothing and bills what gpt-5-mini would have cost for the same tokens.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { requireNode } from "./requireNode.mjs";
import { projectFolder } from "./runTool.mjs";

requireNode();

const { copyCorpus } = await import("../test/support/corpus.ts");
const { createProviderSimulator } = await import("../test/support/providerSimulator/providerSimulator.ts");
const { launchBrowser } = await import("../test/support/vscode/findBrowser.ts");
const { packagedVsix } = await import("../test/support/vscode/packagedVsix.ts");
const { startVsCode } = await import("../test/support/vscode/startVsCode.ts");
const { Workbench } = await import("../test/support/vscode/workbench.ts");

const folder = path.join(projectFolder, "media", "pictures");
const sizeLimitBytes = 200_000;
const viewport = { width: 1060, height: 660 };
const meter = "onceover.onceover.onceover.meter";
/** Edited between two runs: the second pays for these alone. */
const edited = ["pylib/gyp/input.py", "pylib/gyp/ninja_syntax.py", "pylib/packaging/tags.py"];
const shown = { file: "xcodeproj_file.py", finding: "Condition was already asked" };
const billedReplyTokens = 1_000;
const beforeHeld = 14;

/** A run that goes on counts seconds here and there: no two pictures of it need be the same. */
const mostPictures = 5;

const sideBarOnly = { x: 0, y: 0, width: 332, height: viewport.height };

const wanted = process.argv.slice(2);
const taken = [];
const ends = [];
try {
  await takePictures();
} finally {
  for (const end of ends.toReversed()) await end();
}
for (const file of taken) {
  const { size } = fs.statSync(file);
  console.log(`${path.relative(projectFolder, file)}: ${Math.round(size / 1000)} kB`);
  if (size > sizeLimitBytes) throw new Error(`The picture has more than ${sizeLimitBytes / 1000} kB.`);
}

async function takePictures() {
  const reply = { text: JSON.stringify({ summary: "Reviewed.", findings: [] }), outputTokens: billedReplyTokens };
  const simulator = await createProviderSimulator({ key: null, firstTokenMs: 300, reply: () => reply });
  ends.push(() => simulator.stop());
  const workspace = copyCorpus("node-gyp");
  ends.push(() => workspace.remove());
  const workbench = await openWindow(workspace.folder, {
    "editor.minimap.enabled": false,
    "onceover.provider": "openai",
    "onceover.baseUrl": simulator.url,
    "onceover.model": "gpt-5-mini",
    "onceover.refuter": false,
  });
  const { page } = workbench;

  await showBoth(workbench);
  await workbench.webview("section.run");
  await picture(workbench, "first", async () => sideBarOnly);
  await workbench.openFile("input.py");

  await analyze(workbench);
  await workbench.dialog().waitFor();
  await picture(workbench, "question", async () => around(await boxOf(page.locator(".monaco-dialog-box")), 40));

  const held = Promise.withResolvers();
  let asked = 0;
  simulator.configure({ gate: () => (asked++ < beforeHeld ? Promise.resolve() : held.promise) });
  await workbench
    .dialog()
    .getByRole("button", { name: /^Review / })
    .click();
  await workbench.statusMessage(/[1-9]\d* of \d+/).waitFor();
  await workbench.treeRows("Findings").nth(3).waitFor();
  const running = await workbench.webview("section.run");
  await running.getByRole("heading", { name: /^Reviewing/ }).waitFor();
  await until(() => simulator.requests.length >= beforeHeld - 1);
  await picture(workbench, "running");
  held.resolve();
  await workbench.statusMessage(/ 0.% cached/).waitFor();

  for (const name of edited) fs.appendFileSync(path.join(workspace.folder, name), "\n# Edited since the first run.\n");
  await analyze(workbench);
  await workbench.statusMessage(/ 9\d.% cached/).waitFor();

  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  const rows = workbench.treeRows("Findings");
  await rows.filter({ hasText: shown.file }).first().click();
  await rows.filter({ hasText: shown.finding }).first().click();
  await workbench.squiggles("info").first().waitFor();
  await workbench.command("workbench.actions.view.problems", "View: Focus Problems");
  // The tree above shows the findings already: folded here, they leave room for what the run cost.
  const panel = await workbench.webview("section.run");
  await panel.locator("summary", { hasText: "Findings" }).click();
  await panel.locator(".receipt").first().waitFor();
  await picture(workbench, "findings");

  await workbench.command("workbench.action.closePanel", "View: Hide Panel");
  await workbench.command("workbench.action.closeAllEditors", "View: Close All Editors");
  await workbench.command("onceover.showReport", "Onceover: Show Report");
  await (await workbench.webview("header .figures")).getByRole("article").first().waitFor();
  await workbench.command("workbench.action.closeSidebar", "View: Close Primary Side Bar");
  await picture(workbench, "report");

  await workbench.command("workbench.action.closeAllEditors", "View: Close All Editors");
  await workbench.command("onceover.openPanelInEditor", "Onceover: Open Panel in Editor");
  const tab = await workbench.webview("section.run");
  await page.setViewportSize({ width: 640, height: 1_280 });
  await tab.locator("summary", { hasText: "Findings" }).click();
  await tab.locator("main").evaluate((main) => main.ownerDocument.documentElement.scrollTo(0, 0));
  // Down to what is folded.
  await picture(workbench, "panel", async () => {
    const { y } = await boxOf(tab.locator("details", { hasText: "Health" }).last());
    return { x: 48, y: 0, width: 592, height: y };
  });
}

/** The findings tree with the performance panel below it. */
async function showBoth(workbench) {
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
}

/** @param clip what of the window is in it; missing: all */
async function picture(workbench, name, clip) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  for (const theme of ["light", "dark"]) {
    await workbench.theme(theme);
    await settled(workbench);
    const file = path.join(folder, `${name}-${theme}.png`);
    await workbench.screenshot(file, await clip?.());
    taken.push(file);
  }
}

/** Pages take on a theme's colours a moment later than the window: until two pictures are the same. */
async function settled({ page }) {
  for (let before = null, pictures = 0; pictures < mostPictures; pictures++) {
    const now = (await page.screenshot({ animations: "disabled", caret: "hide" })).toString("base64");
    if (now === before) return;
    before = now;
    await page.waitForTimeout(300);
  }
}

async function boxOf(locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not on the screen.");
  return box;
}

function around({ x, y, width, height }, marginPx) {
  const left = Math.max(0, x - marginPx);
  const top = Math.max(0, y - marginPx);
  return { x: left, y: top, width: width + 2 * marginPx, height: height + 2 * marginPx };
}

async function until(isSo) {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function openWindow(opened, settings) {
  const homeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-home-"));
  ends.push(() => fs.rmSync(homeFolder, { recursive: true, force: true, maxRetries: 5 }));
  const env = { HOME: homeFolder, USERPROFILE: homeFolder, LOCALAPPDATA: homeFolder, XDG_DATA_HOME: undefined };
  const vsCode = await startVsCode({ folder: opened, vsix: packagedVsix(), settings, env });
  ends.push(() => vsCode.stop());
  const browser = await launchBrowser();
  ends.push(() => browser.close());
  const workbench = await Workbench.open(await browser.newPage({ viewport }), vsCode);
  await workbench.statusItem(meter).waitFor();
  return workbench;
}

async function analyze(workbench) {
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
}
