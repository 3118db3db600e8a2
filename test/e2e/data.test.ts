// Where the data lies, and erasing all of it, by keyboard alone: store, key, agreement, findings and status bar.
import { DatabaseSync } from "node:sqlite";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const patience = { timeout: 60_000 };

let simulator: Simulator;
let release = () => {};
let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  simulator = await createProviderSimulator({ replyTokens: 4_000 });
  editor = await openEditor({ corpus: "express", simulator });
  ({ workbench } = editor);
});

afterAll(async () => {
  release();
  await editor?.dispose();
});

test("what is kept after a review is listed, with what it cost", async () => {
  await review();
  await expect.poll(() => workbench.statusText(meter), patience).toMatch(/^\$0\.\d\d · 0 % cached$/);
  const files = fs.readdirSync(editor.folder).length;
  await openList();
  const rows = await listRows();
  const told = rows.join("\n");
  expect(rows[0]).toMatch(/Reveal in File Explorer/);
  expect(told).toContain(databasePath());
  expect(told).toMatch(new RegExp(`Reviews by models, ${files}\\b`));
  expect(told).toMatch(/Spent according to the record, \$0\.\d\d/);
  expect(told).toMatch(new RegExp(`API key for ${simulator.origin}, in the secret storage`));
  expect(told).toMatch(new RegExp(`agreed to send code to ${simulator.origin}, gpt-5-mini`));
  expect(told).toMatch(/Stored: whole files, prompts, API keys/);
  for (const kind of ["high contrast dark", "light", "dark"] as const) {
    await workbench.theme(kind);
    await workbench.screenshot(`out/screenshots/data-${kind.replaceAll(" ", "-")}.png`);
  }
  await workbench.quickInput().press("Escape");
});

test("stored entries are checked from the list", async () => {
  await openList();
  await chooseRow("Verify");
  await workbench.notification(/All is sound/).waitFor();
  await workbench.page.keyboard.press("Escape");
});

test("erasing during a review is asked, cancels it, and leaves nothing", async () => {
  await workbench.command("onceover.showReport", "Onceover: Show Report");
  const report = await workbench.webview("header .figures");
  // What lies below the window's edge is not drawn.
  await report.locator(".portion").first().scrollIntoViewIfNeeded();
  await report.getByRole("article").first().waitFor();
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  const panel = await workbench.webview("section.run");
  expect(await panel.locator("main").innerText()).toMatch(/\$0\.0[1-9]/);
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  fs.appendFileSync(path.join(editor.folder, "response.js"), "// changed\n");
  simulator.configure({ gate: () => held.promise });
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => workbench.statusText(meter), patience).toMatch(/^0 of 1/);
  await workbench.commandByKeyboard("onceover.eraseAll", "Onceover: Erase All Data");
  const dialog = workbench.dialog();
  await dialog.waitFor();
  const question = await dialog.innerText();
  expect(question).toContain("Erase all that Onceover keeps on this machine?");
  expect(question).toContain("The review that is under way is cancelled first.");
  expect(question).toContain(`API keys: ${simulator.origin}`);
  await workbench.screenshot("out/screenshots/erase-all.png");
  await workbench.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await workbench.statusText(meter)).toMatch(/^0 of 1/);
  expect(countRows("reviews")).toBeGreaterThan(0);

  await workbench.commandByKeyboard("onceover.eraseAll", "Onceover: Erase All Data");
  await dialog.getByRole("button", { name: "Cancel the Review and Erase All" }).waitFor();
  await workbench.page.keyboard.press("Enter");
  await workbench.notification(/All that Onceover kept on this machine is erased/).waitFor(patience);
  await expect.poll(() => workbench.statusText(meter), patience).toBe("Onceover");
  await expect.poll(() => workbench.problems(), patience).toEqual({ errors: 0, warnings: 0, infos: 0 });
  for (const table of ["reviews", "analyses", "ledger", "runs", "reports", "files", "unit_history"]) {
    expect(countRows(table), table).toBe(0);
  }
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  await expect.poll(() => workbench.treeRows("Findings").count(), patience).toBe(0);
  await workbench.page.getByText("Review every file of this workspace").first().waitFor();
  await expect.poll(() => panel.locator("main").innerText(), patience).not.toMatch(/Earlier runs|\$0\.0[1-9]/);
  await expect.poll(() => report.getByRole("article").count(), patience).toBe(0);
  await workbench.screenshot("out/screenshots/erased.png");
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

test("after a reload there is still nothing, and a second erasing says so", async () => {
  await workbench.reload();
  await workbench.statusItem(meter).waitFor();
  await workbench.commandByKeyboard("onceover.eraseAll", "Onceover: Erase All Data");
  await workbench.notification(/there is nothing to erase/).waitFor(patience);
  expect(await workbench.statusText(meter)).toBe("Onceover");
});

test("key and agreement are gone: before anything is sent it is asked again", async () => {
  release();
  simulator.configure({ gate: null });
  simulator.reset();
  await openList();
  const rows = await workbench.pickLabels();
  expect(rows).toContainEqual(expect.stringMatching(/No API key/));
  expect(rows).toContainEqual(expect.stringMatching(/No agreement/));
  await workbench.quickInput().press("Escape");
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  const dialog = workbench.dialog();
  await dialog.waitFor();
  expect(await dialog.innerText()).toContain(`to ${simulator.origin}?`);
  expect(simulator.requests).toEqual([]);
  await workbench.page.keyboard.press("Escape");
});

/** The first review, with key and agreement. */
async function review(): Promise<void> {
  await workbench.command("onceover.setApiKey", "Onceover: Set API Key");
  await workbench.type(simulator.key, "API Key for");
  await workbench.statusMessage(/The key for .* is set/).waitFor();
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  const dialog = workbench.dialog();
  await dialog.getByRole("button", { name: /^Review \d+ Files$/ }).waitFor();
  await workbench.page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
}

async function openList(): Promise<void> {
  await workbench.commandByKeyboard("onceover.showData", "Onceover: Where My Data Lies");
  await workbench.page.locator(".quick-input-title", { hasText: "Where My Data Lies" }).waitFor();
}

/** All rows, although the list draws visible ones alone: each is filtered for in turn by what stands in it. */
async function listRows(): Promise<string[]> {
  const rows = await workbench.pickLabels();
  for (const words of ["Spent", simulator.origin, "Stored:", "Log of"]) {
    await workbench.quickInput().fill(words);
    rows.push(...(await workbench.pickLabels()));
  }
  await workbench.quickInput().fill("");
  return rows;
}

async function chooseRow(words: string): Promise<void> {
  await workbench.quickInput().fill(words);
  await workbench.quickInput().press("Enter");
}

function databasePath(): string {
  const found = fs
    .readdirSync(editor.homeFolder, { recursive: true, encoding: "utf8" })
    .find((one) => one.endsWith("onceover.db"));
  if (!found) throw new Error("There is no database.");
  return path.join(editor.homeFolder, found);
}

function countRows(table: string): number {
  const db = new DatabaseSync(databasePath(), { readOnly: true });
  try {
    return Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]);
  } finally {
    db.close();
  }
}
