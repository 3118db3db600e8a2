// The report in a real window: drawn where one looks, searched and walked through by keyboard, exported to files.
import fs from "node:fs";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPalette } from "../../src/cli/palette.ts";
import { renderReport } from "../../src/cli/renderReport.ts";
import type { ExportFormat } from "../../src/shared/exportFormats.ts";
import type { Report } from "../../src/shared/report.ts";
import { type Editor, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  editor = await openEditor({ corpus: "node-gyp", viewport: { width: 1280, height: 420 } });
  ({ workbench } = editor);
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
});

afterAll(() => editor?.dispose());

test("on a short page, findings below the edge are drawn before they are scrolled to", async () => {
  await expect.poll(() => workbench.problemTotal()).toBeGreaterThan(0);
  await expect.poll(() => workbench.notifications()).toEqual([]);
  await workbench.command("onceover.showReport", "Onceover: Show Report");
  const report = await openReport();
  await report.locator("article").first().waitFor();
  // In a frame of another origin the margin of an observer counts only where its root is named.
  const belowEdge = () =>
    report.locator("article").evaluateAll((articles) => {
      const page = globalThis as unknown as { innerHeight: number };
      const tops = articles as unknown as readonly { getBoundingClientRect(): { top: number } }[];
      return tops.filter((article) => article.getBoundingClientRect().top > page.innerHeight + 100).length;
    });
  await expect.poll(belowEdge).toBeGreaterThan(0);
});

test("by keyboard alone: search, matches marked, next and previous finding, and back", async () => {
  const report = await openReport();
  const { keyboard } = workbench.page;
  await report.locator("h1").click();
  await keyboard.press("/");
  const search = report.getByRole("searchbox");
  await report.locator("input[type=search]:focus").waitFor();
  // Letters that are keys elsewhere are letters here.
  await keyboard.type("process j");
  expect(await search.inputValue()).toBe("process j");
  await keyboard.press("Control+a");
  await keyboard.type("process");
  await report.locator("mark").first().waitFor();
  await expect.poll(() => report.locator(".outcome").innerText()).toMatch(/^\d+ of \d+ findings/);
  await keyboard.press("Enter");
  const focused = () => report.locator("article:focus").getAttribute("aria-posinset", { timeout: 5_000 });
  await expect.poll(focused).toBe("1");
  await keyboard.press("j");
  await expect.poll(focused).toBe("2");
  await keyboard.press("k");
  await expect.poll(focused).toBe("1");
  await workbench.screenshot("out/screenshots/report-search-short.png");
  await keyboard.press("Control+f");
  await report.locator("input[type=search]:focus").waitFor();
  await keyboard.press("Escape");
  await expect.poll(() => report.locator("article:focus").count()).toBe(1);
  expect(await search.inputValue()).toBe("");
  await expect.poll(() => report.locator("mark").count()).toBe(0);
});

test("a finding is copied as Markdown, and Enter opens its line", async () => {
  const { page } = workbench;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const report = await openReport();
  await report.locator("article:focus").waitFor();
  await page.keyboard.press("c");
  await workbench.statusMessage("Finding copied.").waitFor();
  await expect.poll(() => page.evaluate<string>("navigator.clipboard.readText()")).toMatch(/^- \*\*\w+\*\* \S+:\d+: /);
  await page.keyboard.press("Enter");
  await page.locator(".monaco-editor .squiggly-warning, .monaco-editor .squiggly-info").first().waitFor();
});

test("exported files are what the terminal writes of the same run, whatever the filter hides", async () => {
  await workbench.command("onceover.showReport", "Onceover: Show Report");
  const view = await openReport();
  await view.getByRole("searchbox").fill("nothing has this in it");
  await view.getByText("The search hides").waitFor();
  await workbench.screenshot("out/screenshots/report-nothing-short.png");
  await view.getByRole("button", { name: "Export…" }).click();
  const report = JSON.parse(await exportAs("JSON", "report.json")) as Report;
  expect(report.findings.length).toBe(await workbench.problemTotal());
  expect(report.coverage.files).toBeGreaterThan(0);
  await workbench.command("onceover.exportReport", "Onceover: Export Report…");
  expect(await exportAs("SARIF", "report.sarif")).toBe(await terminalWrites(report, "sarif"));
  await workbench.command("onceover.exportReport", "Onceover: Export Report…");
  expect(await exportAs("Markdown", "report.md")).toBe(await terminalWrites(report, "markdown"));
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

test("a place that cannot be written to is told, and another one is asked for", async () => {
  await workbench.command("onceover.exportReport", "Onceover: Export Report…");
  await workbench.pick("Markdown");
  // Short enough for the dialog, which counts characters; too long for file systems, which count bytes.
  await saveAs(path.join(editor.homeFolder, `${"長".repeat(100)}.md`));
  await workbench.answer(/could not be written/, "Save Elsewhere…");
  const file = path.join(editor.homeFolder, "short.md");
  await saveAs(file);
  await workbench.answer("Report exported to short.md", "Open");
  await workbench.page.locator('.tab.active[data-resource-name="short.md"]').waitFor();
});

function openReport(): Promise<FrameLocator> {
  return workbench.webview("section.findings");
}

async function exportAs(label: string, name: string): Promise<string> {
  const file = path.join(editor.homeFolder, name);
  await workbench.pick(label);
  await saveAs(file);
  await workbench.notification(new RegExp(`Report exported to ${name.replace(".", "\\.")}`)).waitFor();
  return fs.readFileSync(file, "utf8");
}

async function saveAs(file: string): Promise<void> {
  const dialog = workbench.page.locator(".quick-input-widget:visible", { hasText: "Export Report" });
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
}

async function terminalWrites(report: Report, format: ExportFormat): Promise<string> {
  const pieces = await renderReport(report, {
    args: { format, verbose: false },
    folders: [{ path: editor.folder, prefix: "" }],
    io: { cwd: editor.folder, env: {} },
    palette: createPalette(false),
    width: 80,
  });
  return [...pieces].join("");
}
