// Findings in the editor, as a person meets them: read, fix, ignore, and keep on typing. The model is the simulator.
import type { Locator } from "playwright-core";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const TITLE = "Division by zero ends the import [x](https://evil.example/)";
const QUOTE = "  return total / rows.length;";
const CODE = `def mean(rows):\n  total = sum(rows)\n${QUOTE}\n\n\ndef first(rows):\n  return rows[0]\n`;
const FIXED = "  return total / len(rows);";

let simulator: Simulator;

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  simulator = await createProviderSimulator({ reply: () => JSON.stringify(review) });
  editor = await openEditor({
    files: { "mean.py": CODE },
    simulator,
    settings: { "files.autoSave": "off", "editor.hover.delay": 100 },
  });
  ({ workbench } = editor);
  await workbench.command("onceover.setApiKey", "Onceover: Set API Key");
  await workbench.type(simulator.key ?? "any", "API Key for");
  await workbench.statusMessage(/The key for .* is set/).waitFor();
});

afterAll(() => editor?.dispose());

const review = {
  summary: "Computes a mean.",
  findings: [
    {
      quote: QUOTE,
      category: "bug",
      severity: "error",
      title: TITLE,
      scenario: "An empty file is imported: rows is empty.",
      explanation: "A list has no length of its own, and may be empty. ![](https://evil.example/a.png)",
      fix: FIXED,
      confidence: 0.8,
      needs: null,
    },
  ],
};

test("a review shows its finding in the open editor", async () => {
  await workbench.openFile("mean.py");
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench.dialog().getByRole("button", { name: "Review 1 File" }).click();
  await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 0, infos: 0 });
  await workbench.squiggles("error").first().waitFor();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/cached$/);
});

test("the hover says what it is, who found it, what it cost; nothing of the model's text is live", async () => {
  const hover = await hoverOver("total / rows.length");
  const text = (await hover.innerText()).replaceAll(/\s+/g, " ");
  expect(text).toContain(TITLE);
  expect(text).toContain("An empty file is imported");
  expect(text).toMatch(/Onceover · Error · bug · 80 % sure/);
  expect(text).toMatch(/Found by gpt-5-mini. The last run paid .*\$0/);
  for (const name of ["Preview fix", "Ignore…", "Explain", "Copy"])
    expect(await hover.getByRole("link", { name }).count()).toBe(1);
  expect(await hover.locator("a[data-href*='evil'], a[href*='evil'], img").count()).toBe(0);
  for (const kind of ["light", "high contrast dark", "dark"] as const) {
    await workbench.theme(kind);
    await hoverOver("total / rows.length");
    await workbench.page.screenshot({ path: `out/screenshots/hover-${kind.replaceAll(" ", "-")}.png` });
  }
  await workbench.page.keyboard.press("Escape");
});

test("a fix is previewed before anything changes, and is one step of undo", async () => {
  await quickFix("total / rows.length", /Apply fix/);
  const apply = workbench.page.getByRole("button", { name: "Apply", exact: true });
  await apply.waitFor();
  await workbench.page.screenshot({ path: "out/screenshots/fix-preview.png" });
  await expect.poll(() => editorText()).toContain(QUOTE.trim());
  // What needs confirmation is not ticked by itself.
  await workbench.page
    .locator(".monaco-list-row", { hasText: "len(rows)" })
    .locator(".edit-checkbox, .monaco-checkbox")
    .first()
    .click();
  await apply.click();
  await expect.poll(() => editorText()).toContain(FIXED.trim());
  await expect.poll(() => workbench.problems()).toEqual({ errors: 0, warnings: 0, infos: 1 });
  await focusEditor();
  await workbench.page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => editorText()).toContain(QUOTE.trim());
  await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 0, infos: 0 });
});

test("typing above moves the finding; editing its code turns it stale until the text is back", async () => {
  await focusEditor();
  await workbench.page.keyboard.press("ControlOrMeta+Home");
  await workbench.page.keyboard.type("# one\n# two\n");
  await expect.poll(() => problemLines()).toEqual([expect.stringContaining("at line 5")]);
  await workbench.page.locator(".view-line", { hasText: "total / rows.length" }).click({ position: { x: 90, y: 8 } });
  await workbench.page.keyboard.type("0");
  await expect.poll(() => problemLines()).toEqual([expect.stringContaining("Changed since the review")]);
  await workbench.page.screenshot({ path: "out/screenshots/stale.png" });
  await focusEditor();
  await workbench.page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 0, infos: 0 });
  await workbench.command("workbench.action.files.revert", "File: Revert File");
  await expect.poll(() => problemLines()).toEqual([expect.stringContaining("at line 3")]);
});

test("what is ignored can be taken back, and stays ignored after a reload", async () => {
  const asked = simulator.requests.length;
  await ignore();
  await expect.poll(() => workbench.problems()).toEqual({ errors: 0, warnings: 0, infos: 0 });
  await workbench.answer(/Ignored: Division by zero/, "Undo");
  await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 0, infos: 0 });
  await ignore();
  await workbench.notification(/Ignored: Division by zero/).waitFor();
  expect(
    await workbench
      .notification(/Ignored/)
      .locator("a")
      .filter({ hasText: "x" })
      .count(),
  ).toBe(0);
  await workbench.page.screenshot({ path: "out/screenshots/ignored.png" });
  await workbench.reload();
  await workbench.statusItem(meter).waitFor();
  await workbench.command("onceover.showDismissed", "Onceover: Show Ignored Findings");
  await workbench.pickLabels();
  await expect.poll(() => workbench.problems()).toEqual({ errors: 0, warnings: 0, infos: 0 });
  const row = workbench.page.locator(".quick-input-list .monaco-list-row").first();
  expect(await row.innerText()).toMatch(/Division by zero[\s\S]*False positive · the caller checks/);
  await workbench.page.screenshot({ path: "out/screenshots/ignored-list.png" });
  await row.click();
  await workbench.page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
  await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 0, infos: 0 });
  expect(simulator.requests).toHaveLength(asked);
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

test("a finding goes with its file when that is renamed, and an ignored one stays ignored", async () => {
  await workbench.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "mean.py" }).click();
  await workbench.page.keyboard.press("F2");
  const box = workbench.page.locator(".explorer-folders-view input");
  await box.fill("average.py");
  await box.press("Enter");
  await workbench.page.locator("[data-uri$='/average.py'] .squiggly-error").first().waitFor();
  await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 0, infos: 0 });
  await ignore();
  await expect.poll(() => workbench.problems()).toEqual({ errors: 0, warnings: 0, infos: 0 });
  fs.renameSync(path.join(editor.folder, "average.py"), path.join(editor.folder, "middle.py"));
  const asked = simulator.requests.length;
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => findingsInLog()).toBe("0 findings");
  await expect.poll(() => workbench.problems()).toEqual({ errors: 0, warnings: 0, infos: 0 });
  expect(simulator.requests).toHaveLength(asked);
});

test("what is ignored can be shared with the team", async () => {
  await workbench.command("onceover.shareDismissed", "Onceover: Share Ignored Findings");
  await workbench.dialog().getByRole("button", { name: "Share" }).waitFor();
  await workbench.page.screenshot({ path: "out/screenshots/share-ignored.png" });
  await workbench.dialog().getByRole("button", { name: "Share" }).click();
  await workbench.answer(/1 ignored finding shared/, "Open File");
  await workbench.page.locator("[data-uri$='/.onceover/ignore.json']").first().waitFor();
  const shared = JSON.parse(fs.readFileSync(path.join(editor.folder, ".onceover/ignore.json"), "utf8")) as unknown;
  expect(shared).toMatchObject({ ignored: [{ reason: "false-positive", note: "the caller checks" }] });
});

/** What the log says of the last run that has ended. */
function findingsInLog(): string | undefined {
  return /\d+ findings/.exec(editor.log().runs.at(-1) ?? "")?.[0];
}

async function ignore(): Promise<void> {
  await quickFix("total / rows.length", /Ignore with reason/);
  await workbench.pick("False positive");
  await workbench.type("the caller checks", "In your own words");
}

async function hoverOver(code: string): Promise<Locator> {
  const hover = workbench.page.locator(".monaco-hover:visible", { hasText: "Onceover" });
  await expect
    .poll(async () => {
      await workbench.page.mouse.move(5, 5);
      await workbench.page.locator(".view-line", { hasText: code }).hover({ position: { x: 90, y: 8 } });
      return hover.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    })
    .toBe(true);
  return hover;
}

/** By keyboard, as the light bulb's menu; asked again until it holds the entry, as the menu never changes when open. */
async function quickFix(code: string, title: RegExp): Promise<void> {
  const entry = workbench.page.locator(".action-widget .monaco-list-row", { hasText: title });
  await expect
    .poll(async () => {
      await workbench.page.keyboard.press("Escape");
      await workbench.page.locator(".view-line", { hasText: code }).click({ position: { x: 90, y: 8 } });
      await workbench.page.keyboard.press("ControlOrMeta+.");
      return entry.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    })
    .toBe(true);
  await entry.click();
}

async function focusEditor(): Promise<void> {
  await workbench.page.locator(".editor-instance .view-line").last().click();
}

async function editorText(): Promise<string> {
  const lines = await workbench.page
    .locator(".editor-instance[data-uri$='/mean.py'] .view-line, .monaco-editor[data-uri$='/mean.py'] .view-line")
    .allInnerTexts();
  return lines.join("\n").replaceAll("\u00a0", " ");
}

async function problemLines(): Promise<string[]> {
  const rows = await workbench.problemRows();
  return rows.filter((row) => row.includes("Division by zero"));
}
