// Views that are hidden, shown, closed and opened again in the middle of a run: the same numbers, and in the end those
// of the exported report and of the provider's bill.
import fs from "node:fs";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatTokens, formatUsd } from "../../src/shared/format.ts";
import type { Report } from "../../src/shared/report.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

let simulator: Simulator;
let editor: Editor;
let workbench: Workbench;
let release: () => void = () => {};

beforeAll(async () => {
  simulator = await createProviderSimulator({ replyTokens: 3_000 });
  editor = await openEditor({ corpus: "express", simulator });
  ({ workbench } = editor);
  await workbench.command("onceover.setApiKey", "Onceover: Set API Key");
  await workbench.type(simulator.key, "API Key for");
  await workbench.statusMessage(/The key for .* is set/).waitFor();
});

afterAll(async () => {
  release();
  await editor?.dispose();
});

test("hidden and shown, closed and opened in the middle of a run: the same numbers", async () => {
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  let asked = 0;
  simulator.configure({ gate: () => (asked++ < 3 ? Promise.resolve() : held.promise) });
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench.dialog().waitFor();
  const asking = await workbench.webview("section.run");
  await asking.getByRole("heading", { name: "Waits for your answer" }).waitFor();
  expect(await asking.getByRole("button", { name: /Analyze/ }).count()).toBe(0);
  await workbench
    .dialog()
    .getByRole("button", { name: /^Review \d+ Files$/ })
    .click();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/^3 of /);

  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  const before = await settledFigures();
  expect(before.join(" ")).toContain(formatUsd(simulator.bill().usd));
  await workbench.command("workbench.view.explorer", "View: Show Explorer");
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  expect(await settledFigures()).toEqual(before);

  await workbench.command("onceover.openPanelInEditor", "Onceover: Open Panel in Editor");
  await workbench.command("workbench.action.closeSidebar", "View: Close Primary Side Bar");
  expect(await settledFigures()).toEqual(before);
  await workbench.command("workbench.action.closeActiveEditor", "View: Close Editor");
  await workbench.command("onceover.openPanelInEditor", "Onceover: Open Panel in Editor");
  expect(await settledFigures()).toEqual(before);

  // What arrives while nobody looks is there when somebody does.
  await workbench.command("workbench.action.closeActiveEditor", "View: Close Editor");
  held.resolve();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/ · 0 % cached$/);
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  const panel = await workbench.webview("section.run");
  await panel.getByRole("heading", { name: "Complete" }).waitFor();
  await panel
    .getByText(`${formatUsd(simulator.bill().usd)} spent`)
    .first()
    .waitFor();
});

test("every number is that of the exported report, and the report's are those of the bill", async () => {
  const panel = await workbench.webview("section.run");
  const report = await exportJson();
  const bill = simulator.bill();
  expect(report.cost.usd).toBeCloseTo(bill.usd, 9);
  expect(report.usage.requests).toBe(simulator.requests.filter(({ method }) => method === "POST").length);
  const { coverage, usage } = report;
  const closed = panel.locator("details:not([open]) > summary");
  while ((await closed.count()) > 0) await closed.first().click();
  const shown = (await panel.locator("main").innerText()).replaceAll("\u202f", " ").replaceAll(/\s+/g, " ");
  const severities = ["error", "warning", "info"] as const;
  const counts = severities.map((severity) => report.findings.filter((one) => one.severity === severity).length);
  const words = [
    `${coverage.reviewed} reviewed`,
    `${formatUsd(report.cost.usd)} spent`,
    `Input tokens ${formatTokens(usage.inputTokens)}`,
    // On a slow machine those that were held are sent again: they count too.
    ` of ${usage.requests} requests`,
  ].map((text) => text.replaceAll("\u202f", " "));
  for (const text of words) expect(shown.toLowerCase()).toContain(text.toLowerCase());
  const inPanel = await panel.locator("main .count > span[aria-hidden=true]").allInnerTexts();
  expect(inPanel.slice(0, 3).map(Number)).toEqual(counts);

  await workbench.command("onceover.showReport", "Onceover: Show Report");
  const page = await workbench.webview("header .figures");
  const inReport = await page.locator("header .count > span[aria-hidden=true]").allInnerTexts();
  expect(inReport.map(Number)).toEqual(counts);
  await expect
    .poll(() => page.locator(".outcome").innerText())
    .toMatch(new RegExp(`^${report.findings.length} finding`));
});

test("the report's filter and place are as they were when its tab was hidden", async () => {
  await workbench.command("onceover.showReport", "Onceover: Show Report");
  const page = await workbench.webview("header .figures");
  await page.getByRole("button", { name: /^Infos, \d+$/ }).click();
  await expect.poll(() => page.locator(".outcome").innerText()).toMatch(/ of \d+ findings/);
  const outcome = await page.locator(".outcome").innerText();
  const lastSeen = (frame: FrameLocator) =>
    frame.locator("article").evaluateAll((articles) => {
      const { innerHeight } = globalThis as unknown as { innerHeight: number };
      const all = articles as unknown as readonly {
        textContent: string;
        getBoundingClientRect(): { bottom: number };
      }[];
      return all.findLast((article) => article.getBoundingClientRect().bottom <= innerHeight)?.textContent.slice(0, 80);
    });
  const atTop = await lastSeen(page);
  await page.locator("article").nth(3).hover();
  await workbench.page.mouse.wheel(0, 500);
  await expect.poll(() => lastSeen(page)).not.toBe(atTop);
  const kept = await lastSeen(page);
  // As long as the page takes to keep it, and the editor to hear of it.
  await workbench.page.waitForTimeout(1_500);
  expect(await lastSeen(page)).toBe(kept);
  await workbench.command("workbench.action.files.newUntitledFile", "File: New Untitled Text File");
  await workbench.page
    .locator("iframe.webview.ready:visible")
    .waitFor({ state: "detached" })
    .catch(() => undefined);
  await workbench.command("workbench.action.closeActiveEditor", "View: Close Editor");
  const again = await workbench.webview("header .figures");
  await expect.poll(() => again.locator(".outcome").innerText()).toBe(outcome);
  expect(await again.getByRole("button", { name: /^Infos, \d+$/ }).getAttribute("aria-pressed")).toBe("false");
  await expect.poll(() => lastSeen(again)).toBe(kept);
});

/** What the panel says, without what time alone changes, once it says so twice. */
async function settledFigures(): Promise<readonly string[]> {
  let last: readonly string[] = [];
  await expect
    .poll(async () => {
      const now = await figures();
      const isSame = now.length > 0 && now.join() === last.join();
      last = now;
      return isSame;
    })
    .toBe(true);
  return last;
}

async function figures(): Promise<readonly string[]> {
  const panel = await workbench.webview("section.run");
  const texts = await panel
    .locator(".legend li, .count, .large, .receipt tr, .budget, dl")
    .allInnerTexts()
    .catch(() => []);
  return texts.map((text) => text.replaceAll(/\s+/g, " ").trim()).filter((text) => !/\d m?s\b|\b[KM]B\b/.test(text));
}

async function exportJson(): Promise<Report> {
  const file = path.join(editor.homeFolder, "report.json");
  await workbench.command("onceover.exportReport", "Onceover: Export Report…");
  await workbench.pick("JSON");
  const dialog = workbench.page.locator(".quick-input-widget:visible", { hasText: "Export Report" });
  const box = workbench.quickInput();
  await expect.poll(() => box.inputValue()).toContain("onceover-");
  await dialog.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await box.fill(file);
  await dialog.locator(".monaco-list-row", { hasText: ".local" }).waitFor();
  await box.press("Enter");
  await workbench.notification(/Report exported to report\.json/).waitFor();
  return JSON.parse(fs.readFileSync(file, "utf8")) as Report;
}
