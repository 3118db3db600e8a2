// `node scripts/screenshot.mjs`: makes media/screenshot.png anew, from the packaged extension in a real VS Code.
// The code is a published package, the offline findings are real; the model is the provider simulator, which finds
// nothing and bills what gpt-5-mini would have cost for the same tokens.
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

const file = path.join(projectFolder, "media", "screenshot.png");
const sizeLimitBytes = 400_000;
/** Edited between two runs: the second pays for these alone. */
const edited = ["pylib/gyp/input.py", "pylib/gyp/ninja_syntax.py", "pylib/packaging/tags.py"];
const shown = { file: "__init__.py", finding: "Error is caught and dropped" };
const enlargedByPx = 22;
const billedReplyTokens = 1_000;

const ends = [];
try {
  await takePicture();
} finally {
  for (const end of ends.toReversed()) await end();
}
const { size } = fs.statSync(file);
console.log(`${path.relative(projectFolder, file)}: ${Math.round(size / 1000)} kB`);
if (size > sizeLimitBytes) throw new Error(`The picture has more than ${sizeLimitBytes / 1000} kB.`);

async function takePicture() {
  const reply = { text: JSON.stringify({ summary: "Reviewed.", findings: [] }), outputTokens: billedReplyTokens };
  const simulator = await createProviderSimulator({ key: null, firstTokenMs: 300, reply: () => reply });
  ends.push(() => simulator.stop());
  const workspace = copyCorpus("node-gyp");
  ends.push(() => workspace.remove());
  const workbench = await openWindow(workspace.folder, {
    "onceover.provider": "openai",
    "onceover.baseUrl": simulator.url,
    "onceover.model": "gpt-5-mini",
    "onceover.confirmAboveUsd": null,
  });

  await analyze(workbench);
  await workbench
    .dialog()
    .getByRole("button", { name: /^Review / })
    .click();
  await workbench.statusMessage(/ 0.% cached/).waitFor();
  for (const name of edited) fs.appendFileSync(path.join(workspace.folder, name), "\n# Edited since the first run.\n");
  await analyze(workbench);
  await workbench.statusMessage(/ 9\d.% cached/).waitFor();

  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  const rows = workbench.treeRows("Findings");
  await rows.filter({ hasText: shown.file }).first().click();
  await rows.filter({ hasText: shown.finding }).first().click();
  await workbench.squiggles("warning").first().waitFor();
  await workbench.command("workbench.actions.view.problems", "View: Focus Problems");
  // The tree above shows the findings already: folded here, they leave room for what the run cost.
  const panel = await workbench.webview("section.run");
  await panel.locator("summary", { hasText: "Findings" }).click();
  await panel.locator(".receipt").waitFor();
  await enlargePanel(workbench.page);
  await workbench.screenshot(file);
}

/** Drags the border above the panel up, so that the whole receipt is in the picture. */
async function enlargePanel(page) {
  const { x, y } = await page.locator('.pane-header[aria-label^="Performance"]').boundingBox();
  await page.mouse.move(x + 100, y);
  await page.mouse.down();
  await page.mouse.move(x + 100, y - enlargedByPx, { steps: 4 });
  await page.mouse.up();
}

async function openWindow(folder, settings) {
  const homeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-home-"));
  ends.push(() => fs.rmSync(homeFolder, { recursive: true, force: true, maxRetries: 5 }));
  const env = { HOME: homeFolder, USERPROFILE: homeFolder, LOCALAPPDATA: homeFolder, XDG_DATA_HOME: undefined };
  const vsCode = await startVsCode({ folder, vsix: packagedVsix(), settings, env });
  ends.push(() => vsCode.stop());
  const browser = await launchBrowser();
  ends.push(() => browser.close());
  return Workbench.open(await browser.newPage({ viewport: { width: 1280, height: 800 } }), vsCode);
}

async function analyze(workbench) {
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
}
