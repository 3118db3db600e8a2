// Every surface in every theme, as a person sees it: pictures to look at, no rule of accessibility broken in any
// webview, and nothing wider than a narrow side bar. One window goes through the states in their order.
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems } from "../support/accessibility.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { ThemeKind, Workbench } from "../support/vscode/workbench.ts";

const themes: readonly ThemeKind[] = ["light", "high contrast dark", "high contrast light", "dark"];
const narrowPx = 280;
let simulator: Simulator;
let editor: Editor;
let workbench: Workbench;
let release = () => {};

beforeAll(async () => {
  simulator = await createProviderSimulator({ replyTokens: 2_000 });
  editor = await openEditor({ corpus: "express", simulator });
  ({ workbench } = editor);
  await workbench.command("onceover.setApiKey", "Onceover: Set API Key");
  await workbench.type(simulator.key ?? "any", "API Key for");
  await workbench.statusMessage(/The key for .* is set/).waitFor();
});

afterAll(async () => {
  release();
  await editor?.dispose();
});

test("nothing yet: the tree says what can be done, the panel what would be used", async () => {
  await narrowSideBar();
  await showBoth();
  await workbench.webview("main");
  await pictures("empty", { webviews: ["main"] });
});

test("the question before the first sending, and the prompt to read, with its lines wrapped", async () => {
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench.dialog().waitFor();
  await expect.poll(() => workbench.statusText(meter)).toBe("waits for your answer");
  await pictures("consent");
  await workbench.dialog().getByRole("button", { name: "Preview the Prompt…" }).click();
  await workbench.pickByKeyboard("view.js");
  await prompt().waitFor();
  await expect.poll(promptText).toContain("Close this tab");
  await pictures("prompt");
  // A paragraph of the prompt is one line of some hundred characters; wrapped, no row is that long.
  const rows = await prompt().locator(".view-line").allInnerTexts();
  expect(rows.length).toBeGreaterThan(20);
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThan(150);
});

test("a preview whose extension host has ended says so", async () => {
  editor.killExtensionHost();
  await expect.poll(promptText).toContain("This preview has ended");
  expect(await workbench.dialog().count()).toBe(0);
  expect(simulator.requests).toEqual([]);
  await workbench.command("workbench.action.closeActiveEditor", "View: Close Editor");
  await expect.poll(() => workbench.statusText(meter)).toBe("Onceover");
});

test("a run under way", async () => {
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  simulator.configure({ gate: ({ index }) => (index > 2 ? held.promise : Promise.resolve()) });
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench
    .dialog()
    .getByRole("button", { name: /^Review \d+ Files$/ })
    .click();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/^2 of 6/);
  await showBoth();
  await pictures("running", { webviews: ["section.run"] });
});

test("a run that lost its host, and what Resume makes of it", async () => {
  editor.killExtensionHost();
  await expect.poll(() => workbench.statusText(meter)).toBe("interrupted");
  await showBoth();
  const panel = await workbench.webview("section.run");
  await panel.getByRole("button", { name: "Resume" }).waitFor();
  // The findings of the run went with its host, and so does their number.
  await expect.poll(() => workbench.page.locator(".activitybar .badge:visible").count()).toBe(0);
  await pictures("interrupted", { webviews: ["main"] });
  release();
  simulator.configure({ gate: null });
  await workbench.commandByKeyboard("onceover.resume", "Onceover: Resume");
  await expect.poll(() => workbench.statusText(meter)).toMatch(/cached$/);
});

test("a whole run in tree, panel and report", async () => {
  await workbench.command("onceover.showReport", "Onceover: Show Report");
  await workbench.webview("header .figures");
  await showBoth();
  await workbench.treeRows("Findings").first().waitFor();
  await pictures("done", { webviews: ["section.run", "header .figures"] });
});

test("a filtered tree", async () => {
  await workbench.command("onceover.filterFindings", "Onceover: Filter Findings…");
  await workbench.type("matches no finding", "Words in title");
  await workbench.pickLabels();
  await workbench.quickInput().press("Enter");
  await workbench.viewMessage("Findings", /Filtered: 0 of \d+ findings/).waitFor();
  await pictures("filtered");
  await workbench.command("onceover.clearFilter", "Onceover: Clear Filter");
});

test("where the data lies", async () => {
  await workbench.commandByKeyboard("onceover.showData", "Onceover: Where My Data Lies");
  await workbench.pickLabels();
  await pictures("data");
  await workbench.quickInput().press("Escape");
});

test("a run of the offline engine", async () => {
  workbench.setSettings({ "onceover.provider": "offline" });
  await workbench.reload();
  await workbench.statusItem(meter).waitFor();
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => workbench.statusText(meter)).toMatch(/offline$/);
  await showBoth();
  await pictures("offline", { webviews: ["section.run"] });
  // The two hosts that this test has ended are told of with the names of all that ran in them.
  const own = workbench
    .consoleErrorsOf("onceover.onceover")
    .filter((text) => !text.includes("terminated unexpectedly"));
  expect(own).toEqual([]);
});

/** The findings tree with the performance panel below it. */
async function showBoth(): Promise<void> {
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
}

/** Pulls the side bar's edge to where a narrow one ends. */
async function narrowSideBar(): Promise<void> {
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  const sideBar = workbench.page.locator(".part.sidebar");
  const box = await sideBar.boundingBox();
  if (!box) throw new Error("The side bar is not on the screen.");
  const y = box.y + box.height / 2;
  await workbench.page.mouse.move(box.x + box.width, y);
  await workbench.page.mouse.down();
  await workbench.page.mouse.move(box.x + narrowPx, y, { steps: 5 });
  await workbench.page.mouse.up();
  await expect.poll(async () => Math.abs(((await sideBar.boundingBox())?.width ?? 0) - narrowPx)).toBeLessThan(5);
}

function prompt() {
  return workbench.page.locator('.monaco-editor[data-uri^="onceover-prompt:"]');
}

/** An editor draws its spaces as ones that do not break. */
async function promptText(): Promise<string> {
  return (await prompt().first().innerText()).replaceAll("\u00a0", " ");
}

/** @param options.webviews what stands in those that are on the screen: each is checked in each theme */
async function pictures(name: string, { webviews = [] as readonly string[] } = {}): Promise<void> {
  for (const kind of themes) {
    await workbench.theme(kind);
    for (const selector of webviews) {
      const root = (await workbench.webview(selector)).locator("html");
      // The frame's colours follow a moment later.
      await expect.poll(() => accessibilityProblems(root), { message: `${name}, ${kind}, ${selector}` }).toEqual([]);
      const overflow = await root.evaluate((html) => html.scrollWidth > html.clientWidth);
      expect([name, kind, selector, overflow]).toEqual([name, kind, selector, false]);
    }
    await workbench.screenshot(`out/screenshots/surfaces/${name}-${kind.replaceAll(" ", "-")}.png`);
  }
}
