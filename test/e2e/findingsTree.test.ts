// The findings tree in a real window: grouped, walked through by keyboard, and as it was after a reload.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Editor, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

/** Of its own code all that the engine has are remarks. */
const KEEPS_THE_LAST =
  "def handlers(names):\n    found = []\n    for name in names:\n        found.append(lambda: print(name))\n    return found\n";

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  editor = await openEditor({ corpus: "node-gyp", files: { "pylib/gyp/figures.py": KEEPS_THE_LAST } });
  ({ workbench } = editor);
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  await workbench.treeRows("Findings").first().waitFor();
});

afterAll(() => editor?.dispose());

test("grouped by severity, every group says how many it holds", async () => {
  await workbench.command("onceover.groupFindings", "Onceover: Group Findings by…");
  await workbench.pick("Severity");
  const group = workbench.treeRows("Findings").filter({ hasText: /Warnings.*findings? in \d+ files?/ });
  await group.waitFor();
  await workbench.screenshot("out/screenshots/findings-severity.png");
});

test("a filter says how much it hides, and is the same after a reload until it is cleared", async () => {
  await workbench.command("onceover.filterFindings", "Onceover: Filter Findings…");
  await workbench.type("pylib", "Words in title");
  await expect.poll(async () => (await workbench.pickLabels()).join("\n")).toContain("warning");
  await workbench.pick("warning");
  await workbench.quickInput().press("Enter");
  await workbench.viewMessage("Findings", /Filtered: \d+ of \d+ findings/).waitFor();
  const shown = async () => (await workbench.treeRows("Findings").allInnerTexts()).join("\n");
  await expect.poll(shown).not.toContain("Infos");
  expect(await shown()).toContain("Warnings");
  for (const theme of ["light", "high contrast dark", "dark"] as const) {
    await workbench.theme(theme);
    await workbench.screenshot(`out/screenshots/findings-filtered-${theme.replaceAll(" ", "-")}.png`);
  }
  await workbench.reload();
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  await workbench.viewMessage("Findings", /Filtered: \d+ of \d+ findings/).waitFor();
  await workbench.command("onceover.clearFilter", "Onceover: Clear Filter");
  await workbench.viewMessage("Findings", /Filtered/).waitFor({ state: "detached" });
});

test("a row's menu copies what it holds, and has it analyzed again", async () => {
  const { page } = workbench;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const group = workbench.treeRows("Findings").filter({ hasText: /Warnings/ });
  await group.waitFor();
  await group.click({ button: "right" });
  await workbench.screenshot("out/screenshots/findings-menu.png");
  await workbench.page.keyboard.press("Escape");
  // Rows that are still being restored may close a menu: then it is opened again.
  const copy = async () => {
    await group.click({ button: "right", timeout: 5_000 });
    await workbench.chooseInMenu("Copy as Markdown");
    return page.evaluate<string>("navigator.clipboard.readText()");
  };
  await expect.poll(copy).toMatch(/^- \*\*warning\*\* \S+:\d+: /);
  await group.click({ button: "right" });
  const before = editor.log().runs.length;
  await workbench.chooseInMenu("Analyze Again");
  await expect.poll(() => editor.log().runs.length).toBe(before + 1);
});

test("keys go to the next and the previous finding", async () => {
  await workbench.page.keyboard.press("Alt+F9");
  await workbench.statusMessage(/Finding 1 of \d+/).waitFor();
  await workbench.page.keyboard.press("Alt+F9");
  await workbench.statusMessage(/Finding 2 of \d+/).waitFor();
  await workbench.page.keyboard.press("Shift+Alt+F9");
  await workbench.statusMessage(/Finding 1 of \d+/).waitFor();
});

test("the next finding opens its file and says which of how many it is", async () => {
  await workbench.command("onceover.nextFinding", "Onceover: Next Finding");
  await workbench.statusMessage(/Finding \d+ of \d+/).waitFor();
});

test("the grouping is the same after a reload", async () => {
  await workbench.reload();
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
  await workbench
    .treeRows("Findings")
    .filter({ hasText: /Warnings.*in \d+ files?/ })
    .waitFor();
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

test("hot spots name where to look first, and open it", async () => {
  await workbench.command("onceover.showHotSpots", "Onceover: Show Hot Spots");
  await expect.poll(async () => (await workbench.pickLabels()).length).toBeGreaterThan(4);
  await workbench.screenshot("out/screenshots/hot-spots.png");
  const [first] = await workbench.pickLabels();
  expect(first).toContain("pylib/gyp/");
  await workbench.quickInput().press("Enter");
  await workbench.page.getByRole("tab", { name: /\.py/ }).first().waitFor();
});
