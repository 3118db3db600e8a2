// The first steps of somebody who has just chosen a model, almost by keyboard alone: the question before the first sending with
// the prompt to read, and a run that the extension host's end cuts off, taken up again.
import type { Locator } from "playwright-core";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const patience = { timeout: 30_000 };
const themes = ["dark", "light", "high contrast dark"] as const;
const secret = ["AKIA", "Z7QK4WTR2MNX5VYB"].join("");
const names = ["cart.ts", "pay.ts"];

let simulator: Simulator;

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  simulator = await createProviderSimulator();
  editor = await openEditor({
    files: {
      "pay.ts": `export const key = "${secret}";\n${"// about paying\n".repeat(20)}`,
      "cart.ts": "export const total = (rows: number[]) => rows[0]! / rows.length;\n",
    },
    simulator,
  });
  ({ workbench } = editor);
  workbench.page.setDefaultTimeout(15_000);
});

afterAll(() => editor?.dispose());

test("the prompt is read before anybody agrees, and the question comes again", async () => {
  await workbench.commandByKeyboard("onceover.setApiKey", "Onceover: Set API Key");
  await workbench.type(simulator.key, "API Key for");
  await workbench.statusMessage(/The key for .* is set/).waitFor();

  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await workbench.dialog().waitFor();
  await pictures("consent");
  await press("Preview the Prompt…");
  await workbench.pickByKeyboard("pay.ts");
  const editor = workbench.page.locator('.monaco-editor[data-uri^="onceover-prompt:"]');
  await editor.waitFor();
  await expect.poll(() => textOf(editor), patience).toContain("Close this tab");
  expect(await workbench.dialog().count()).toBe(0);
  await pictures("prompt");
  // To its end, where the file is, by keys alone.
  await workbench.page.keyboard.press("Control+End");
  await expect.poll(() => textOf(editor), patience).not.toContain("Close this tab");
  expect(await textOf(editor)).not.toContain(secret);
  expect(simulator.requests).toEqual([]);

  await workbench.command("workbench.action.closeActiveEditor", "View: Close Editor");
  await workbench.dialog().waitFor();
  expect(await workbench.dialog().innerText()).toContain(`Send 2 Files to ${simulator.origin}?`);
  expect(simulator.requests).toEqual([]);
});

test("a run that lost its extension host is interrupted, and goes on only when it is told to", async () => {
  const released = Promise.withResolvers<void>();
  simulator.configure({ gate: ({ index }) => (index > 1 ? released.promise : Promise.resolve()) });
  await press("Review 2 Files");
  await expect.poll(() => simulator.requests.length, patience).toBe(names.length);
  await expect.poll(() => workbench.statusText(meter), patience).toMatch(/^1 of 2/);

  editor.killExtensionHost();
  await expect.poll(() => workbench.statusText(meter), patience).toBe("interrupted");
  expect(simulator.requests).toHaveLength(names.length);
  await workbench.commandByKeyboard("onceover.findings.focus", "Onceover: Focus on Findings View");
  await pictures("interrupted");

  released.resolve();
  simulator.configure({ gate: null });
  simulator.reset();
  await workbench.commandByKeyboard("onceover.resume", "Onceover: Resume");
  await expect.poll(() => workbench.statusText(meter), patience).toMatch(/ · \d+ % cached$/);
  expect(simulator.requests).toHaveLength(1);
});

/** An editor draws its spaces as ones that do not break. */
async function textOf(editor: Locator): Promise<string> {
  return (await editor.innerText()).replaceAll("\u00a0", " ");
}

/** Moves to a button of the dialog with the arrow keys, and presses it. */
async function press(name: string): Promise<void> {
  const button = workbench.dialog().getByRole("button", { name });
  await button.waitFor();
  for (let step = 0; step < 5; step++) {
    if (await button.evaluate((element) => element === element.ownerDocument.activeElement)) break;
    await workbench.page.keyboard.press("Tab");
  }
  await workbench.page.keyboard.press("Enter");
  await workbench.dialog().waitFor({ state: "detached" });
}

async function pictures(name: string): Promise<void> {
  const screenshots = process.env["ONCEOVER_SCREENSHOTS"];
  if (!screenshots) return;
  for (const kind of themes) {
    await workbench.theme(kind);
    await workbench.screenshot(path.join(screenshots, `${name}-${kind.replaceAll(" ", "-")}.png`));
  }
}
