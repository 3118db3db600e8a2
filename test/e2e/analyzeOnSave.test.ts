// What is saved is checked quietly: offline for nothing, by a model only where that was agreed to, within a day's budget.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const FILES = {
  ".gitignore": "out/\n",
  "lib.js": `export function parse(text) {\n  return text.split(",").map(Number);\n}\n`,
  "user.js": `import { parse } from "./lib.js";\nexport const total = (text) => parse(text).length;\n`,
  "alone.js": "export const alone = 1;\n",
  "out/made.js": "export const made = 1;\n",
};

let simulator: Simulator;
let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  simulator = await createProviderSimulator();
  editor = await openEditor({
    files: FILES,
    simulator,
    settings: {
      "onceover.analyzeOnSave": "offline",
      "files.autoSave": "off",
      "editor.wordBasedSuggestions": "off",
      "editor.autoClosingBrackets": "never",
      // The ignored file is to be opened by name.
      "search.useIgnoreFiles": false,
    },
  });
  ({ workbench } = editor);
});

afterAll(() => editor?.dispose());

afterEach(() => simulator.reset());

test("offline: findings come and go with a save, ignored files are left alone, and nobody is spoken to", async () => {
  await typeAtTop("made.js", "debugger;\n");
  await save();
  await typeAtTop("lib.js", "debugger;\n");
  expect(await workbench.problemTotal()).toBe(0);
  await save();
  await expect.poll(() => workbench.problemTotal()).toBe(1);
  expect((await workbench.problemRows()).join("\n")).not.toContain("made.js");
  await workbench.openFile("lib.js");
  for (const key of ["ControlOrMeta+Home", "Shift+ArrowDown", "Delete"]) await workbench.page.keyboard.press(key);
  await save();
  await expect.poll(() => workbench.problemTotal()).toBe(0);
  expect(simulator.requests).toEqual([]);
  expect(await workbench.notifications()).toEqual([]);
});

test("by a model: nothing before it was agreed to, which is said once", async () => {
  await setKey();
  await set({ "onceover.analyzeOnSave": "model" });
  await typeAtTop("lib.js", "// one\n");
  await save();
  await workbench.notification(/before you have agreed/).waitFor();
  expect(simulator.requests).toEqual([]);
  await workbench.answer(/before you have agreed/, "Analyze File");
  await workbench.dialog().getByRole("button", { name: "Review 1 File" }).click();
  await expect.poll(() => simulator.bill().requests).toBe(1);
  await expect.poll(() => workbench.statusText(meter)).toContain("cached");
});

test("nor without a daily budget, and it says how to set one", async () => {
  await typeAtTop("lib.js", "// two\n");
  await save();
  const said = { severity: "info", message: expect.stringContaining("daily budget"), buttons: ["Set Daily Budget"] };
  await expect.poll(() => workbench.notifications()).toEqual([said]);
  expect(simulator.requests).toEqual([]);
  await workbench.command("notifications.clearAll", "Notifications: Clear All Notifications");
});

test("within one: the saved file, and what uses a signature that changed; the meter stays the last run's", async () => {
  await set({ "onceover.dailyBudgetUsd": 1 });
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => simulator.bill().requests).toBe(3);
  await expect.poll(() => workbench.statusText(meter)).toMatch(/ · 0 % cached$/);
  const shown = await workbench.statusText(meter);
  simulator.reset();

  await typeAtTop("lib.js", "// three\n");
  await save();
  await expect.poll(() => simulator.bill().requests).toBe(1);
  await workbench.openFile("lib.js");
  await workbench.page.keyboard.press("ControlOrMeta+Home");
  for (let line = 0; line < 3; line++) await workbench.page.keyboard.press("ArrowDown");
  await workbench.page.keyboard.press("End");
  for (let column = 0; column < ") {".length; column++) await workbench.page.keyboard.press("ArrowLeft");
  await workbench.page.keyboard.type(", base = 10");
  await save();
  await expect.poll(() => simulator.bill().requests).toBe(3);
  await expect.poll(() => simulator.requests.every(({ endMs }) => endMs !== null)).toBe(true);
  expect(await workbench.statusText(meter)).toBe(shown);
  expect(await workbench.notifications()).toEqual([]);
  await lookAtTooltip();
  // All is answered: nothing was left stale, nothing is sent again.
  simulator.reset();
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => workbench.statusText(meter)).toBe("$0.00 · 100 % cached");
  expect(simulator.requests).toEqual([]);
});

test("a day's budget that is used up stops a run, and says which one it was", async () => {
  await set({ "onceover.dailyBudgetUsd": 0.0001, "onceover.analyzeOnSave": "off" });
  await typeAtTop("lib.js", "// four\n");
  await save();
  await workbench.commandByKeyboard("onceover.analyzeFile", "Onceover: Analyze File");
  await expect.poll(() => workbench.statusText(meter)).toBe("daily budget reached · 1 pending");
  await expect
    .poll(() => workbench.notifications())
    .toEqual([
      {
        severity: "warning",
        message: expect.stringMatching(/The daily budget of .* would be exceeded/),
        buttons: ["Change Budget"],
      },
    ]);
  expect(simulator.requests).toEqual([]);
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

/** Resolves when the window knows them: its title, which is set along with them, says so. */
async function set(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const title = `known: ${JSON.stringify(settings)}`;
  workbench.setSettings({ ...settings, "window.title": title });
  await expect.poll(() => workbench.page.title()).toContain(title);
}

async function typeAtTop(file: string, text: string): Promise<void> {
  await workbench.openFile(file);
  await workbench.page.keyboard.press("ControlOrMeta+Home");
  await workbench.page.keyboard.type(text);
}

/** Resolves when the file is on disk. */
async function save(): Promise<void> {
  await workbench.page.keyboard.press("ControlOrMeta+s");
  await workbench.page.locator(".tab.active.dirty").waitFor({ state: "detached" });
}

async function setKey(): Promise<void> {
  await workbench.command("onceover.setApiKey", "Onceover: Set API Key");
  await workbench.type(simulator.key ?? "any", "API Key for");
  await workbench.statusMessage(/The key for .* is set/).waitFor();
}

async function lookAtTooltip(): Promise<void> {
  await workbench.statusItem(meter).hover();
  const tooltip = workbench.page.locator(".monaco-hover:visible", { hasText: "Left today" });
  await tooltip.waitFor();
  expect((await tooltip.innerText()).replaceAll(/\s+/g, " ")).toMatch(
    /Left today \$[01]\.\d\d of \$1\.00.* On save <?\$0\.\d\d spent/,
  );
  for (const kind of ["dark", "light", "high contrast dark"] as const) {
    await workbench.theme(kind);
    await workbench.statusItem(meter).hover();
    await tooltip.waitFor();
    await workbench.page.screenshot({ path: `out/screenshots/on-save-${kind.replaceAll(" ", "-")}.png` });
  }
}
