// The performance panel in a real window: a paid review from start to end, the panel as a tab, and what can be exported.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TraceFile } from "../../src/core/profile/traceRecorder.ts";
import { traceProblems } from "../support/checkTrace.ts";
import { type CorpusCopy, copyCorpus } from "../support/corpus.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { readWithSpeedscope } from "../support/speedscope.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { packagedVsix } from "../support/vscode/packagedVsix.ts";
import { startVsCode, type VsCode } from "../support/vscode/startVsCode.ts";
import { Workbench } from "../support/vscode/workbench.ts";

const meter = "onceover.onceover.onceover.meter";

let simulator: Simulator;
let workspace: CorpusCopy;
let homeFolder: string;
let vsCode: VsCode;
let browser: Browser;
let workbench: Workbench;
let release: () => void = () => {};

beforeAll(async () => {
  simulator = await createProviderSimulator({ replyTokens: 2_000 });
  workspace = copyCorpus("express");
  homeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-home-"));
  vsCode = await startVsCode({
    folder: workspace.folder,
    vsix: packagedVsix(),
    settings: {
      "onceover.provider": "openai",
      "onceover.baseUrl": simulator.url,
      "onceover.model": "gpt-5-mini",
      // What a second look asks has a test of its own; here requests are counted.
      "onceover.refuter": false,
      "files.associations": { "*.js": "plaintext" },
    },
    env: { HOME: homeFolder, USERPROFILE: homeFolder, LOCALAPPDATA: homeFolder, XDG_DATA_HOME: undefined },
  });
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  workbench = await Workbench.open(page, vsCode);
  await workbench.statusItem(meter).waitFor();
});

afterAll(async () => {
  release();
  await browser?.close();
  await vsCode?.stop();
  await simulator?.stop();
  workspace?.remove();
  if (homeFolder) fs.rmSync(homeFolder, { recursive: true, force: true, maxRetries: 5 });
});

test("a tab that is opened in the middle of a run shows the same as the sidebar, and the bill at the end", async () => {
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  const files = fs.readdirSync(workspace.folder).length;
  let asked = 0;
  simulator.configure({ gate: () => (asked++ < 2 ? Promise.resolve() : held.promise) });
  await workbench.command("onceover.setApiKey", "Onceover: Set API Key");
  await workbench.type(simulator.key, "API Key for");
  await workbench.statusMessage(/The key for .* is set/).waitFor();
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench
    .dialog()
    .getByRole("button", { name: /^Review \d+ Files$/ })
    .click();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/^2 of /);

  await workbench.command("onceover.openPanelInEditor", "Onceover: Open Panel in Editor");
  const tab = await workbench.webview("section.run");
  await tab.getByText(`Reviewing 3 of ${files}`).waitFor();
  held.resolve();
  await tab.getByRole("heading", { name: "Complete" }).waitFor({ timeout: 60_000 });
  const spent = `$${simulator.bill().usd.toFixed(2)}`;
  await tab.getByText(`${spent} spent`).first().waitFor();
  await tab.getByRole("heading", { name: `Why ${spent} was paid` }).waitFor();
  await expect.poll(() => tab.locator("main").innerText()).toMatch(new RegExp(`Today\\s*1 run · \\${spent}`));

  await open(tab, "Time");
  await tab.getByRole("tab", { name: "Dearest Files" }).click();
  await tab
    .getByRole("button", { name: /: why\? / })
    .first()
    .click();
  expect(await tab.getByRole("region", { name: /^Why .* cost this$/ }).innerText()).toMatch(/Asked because\s*New/);
  await tab.getByRole("heading", { name: "Extension host" }).waitFor();
  expect(await tab.locator("main").innerText()).toMatch(
    /Activation\s*<?\d+\sms\s*Event loop late, p99\s*<?[\d.]+\sm?s\s*Event loop late, longest\s*<?[\d.]+\sm?s/,
  );
  await open(tab, "Health");
  // Fetch in the extension host is the editor's own: it tells of its connections all the same.
  expect(await tab.locator("main").innerText()).toMatch(
    new RegExp(`Failed\\s*0 of ${files} requests\\s*Connections\\s*[1-9] for ${files} requests`),
  );
  await open(tab, "Tools");
  const tools = tab.locator("table.tools");
  expect(await tools.innerText()).toMatch(new RegExp(`File contents\\s+${files}\\s+\\d+\\s`));
  expect(await tools.getByRole("rowheader").allInnerTexts()).toEqual([
    "File contents",
    "Outlines",
    "Signatures",
    "Offline analysis",
  ]);
  await open(tab, "Memory");
  await tab.getByText("Findings by file").first().waitFor();
  await tab.getByRole("button", { name: "Take Snapshot" }).click();
  await tab.getByText(/^2\. Asked for/).waitFor();
  for (const kind of ["high contrast dark", "light", "dark"] as const) {
    await workbench.theme(kind);
    await workbench.screenshot(`out/screenshots/performance-tab-${kind.replaceAll(" ", "-")}.png`);
  }
});

test("trace and figures are exported to where the user says", async () => {
  const trace = path.join(homeFolder, "run.json");
  await workbench.command("onceover.exportTrace", "Onceover: Export Trace…");
  await saveAs("Export Trace", trace);
  await workbench.notification(/Saved as run\.json/).waitFor();
  const content = JSON.parse(fs.readFileSync(trace, "utf8")) as TraceFile;
  expect(traceProblems(content)).toEqual([]);
  const requests = content.traceEvents.filter((event) => event.ph === "X" && event.name === "request");
  expect(requests).toHaveLength(reviews().length);
  const read = await readWithSpeedscope(browser, trace);
  expect(read.problems).toEqual([]);
  const rows = new Set(content.traceEvents.filter((event) => event.ph === "X").map((event) => event.tid));
  expect(read.profiles).toHaveLength(rows.size);
  expect(read.profiles[0]?.frames).toContain("run");

  const table = path.join(homeFolder, "figures.csv");
  await workbench.command("onceover.exportFigures", "Onceover: Export Figures…");
  await workbench.pick("CSV");
  await saveAs("Export Figures", table);
  await workbench.notification(/Saved as figures\.csv/).waitFor();
  const figures = fs.readFileSync(table, "utf8").split("\r\n");
  expect(figures).toContain(`requests.started,${reviews().length},count`);
  const spent = figures.find((row) => row.startsWith("cost.spent,"));
  expect(Number(spent?.split(",")[1])).toBeCloseTo(simulator.bill().usd, 9);
});

test("a heap snapshot is not made before what is in it was said", async () => {
  await workbench.command("onceover.saveHeapSnapshot", "Onceover: Save Heap Snapshot…");
  const dialog = workbench.dialog();
  await dialog.waitFor();
  expect(await dialog.innerText()).toContain("Contents of files, findings and keys of all extensions are in it");
  await workbench.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

/** Besides them the key was tried. */
function reviews() {
  return simulator.requests.filter((request) => request.method === "POST");
}

/** Opens a section of the panel. */
async function open(tab: Awaited<ReturnType<Workbench["webview"]>>, title: string): Promise<void> {
  const section = tab.locator("details", { has: tab.getByRole("heading", { name: title, exact: true }) });
  if ((await section.getAttribute("open")) === null) await section.locator("summary").click();
}

/** In VS Code's own dialog for files. */
async function saveAs(title: string, file: string): Promise<void> {
  const dialog = workbench.page.locator(".quick-input-widget:visible", { hasText: title });
  const entries = dialog.locator(".quick-input-list .monaco-list-row");
  const box = workbench.quickInput();
  // The dialog puts its own proposal into the box once it has listed the folder: not before is it ours.
  await expect.poll(() => box.inputValue()).toContain("onceover-");
  await entries.first().waitFor();
  await box.fill(file);
  // The home folder's own entry: what was typed has been understood.
  await entries.filter({ hasText: ".local" }).waitFor();
  expect(await box.inputValue()).toBe(file);
  await box.press("Enter");
  await dialog.waitFor({ state: "detached" });
}
