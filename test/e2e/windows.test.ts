// More than one of something: two windows on one folder, and two folders in one window.
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const analyze = (workbench: Workbench) =>
  workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");

describe("two windows on one folder", () => {
  let simulator: Simulator;
  let editor: Editor;
  let two: Workbench;

  beforeAll(async () => {
    simulator = await createProviderSimulator();
    editor = await openEditor({ corpus: "express", simulator });
  });

  afterAll(() => editor?.dispose());

  test("pay once: the second waits for the first one's answers", async () => {
    const files = fs.readdirSync(editor.folder).length;
    const released = Promise.withResolvers<void>();
    simulator.configure({ gate: () => released.promise });
    const one = editor.workbench;
    two = await editor.openWindow();
    for (const window of [one, two]) {
      await window.command("onceover.setApiKey", "Onceover: Set API Key");
      await window.type(simulator.key, "API Key for");
      await window.statusMessage(/The key for .* is set/).waitFor();
    }
    await startModelRun(one, files);
    await expect.poll(() => simulator.requests.length).toBe(1);
    await startModelRun(two, files);
    await expect.poll(() => two.statusText(meter)).toMatch(new RegExp(`^0 of ${files}`));
    released.resolve();
    for (const window of [one, two]) {
      await expect.poll(() => window.statusText(meter)).toMatch(/% cached$/);
    }
    expect(simulator.requests).toHaveLength(files);
    await expect.poll(() => one.problemTotal()).toBeGreaterThan(0);
    const found = await one.problems();
    await expect.poll(() => two.problems()).toEqual(found);
    const shares = await Promise.all([one, two].map((window) => window.statusText(meter)));
    // What one of them paid for, the other had for nothing.
    const cached = shares.map((text) => Number(/(\d+) % cached$/.exec(text)?.[1]));
    expect(cached[0]! + cached[1]!).toBe(100);
  });

  test("what is erased in one is gone from the other", async () => {
    await two.commandByKeyboard("onceover.eraseAll", "Onceover: Erase All Data");
    await two.dialog().getByRole("button", { name: "Erase All" }).click();
    for (const window of [editor.workbench, two]) {
      await expect.poll(() => window.statusText(meter)).toBe("Onceover");
      await expect.poll(() => window.problemTotal()).toBe(0);
    }
    // Nor does it come back by itself.
    await editor.workbench.reload();
    await editor.workbench.statusItem(meter).waitFor();
    await editor.workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
    await editor.workbench.page.getByText("Review every file of this workspace").first().waitFor();
    expect(await editor.workbench.problemTotal()).toBe(0);
  });

  async function startModelRun(window: Workbench, files: number): Promise<void> {
    await analyze(window);
    await window
      .dialog()
      .getByRole("button", { name: `Review ${files} Files` })
      .click();
  }
});

describe("two folders in one window", () => {
  let editor: Editor;

  beforeAll(async () => {
    const code = (name: string) => `export const run = (code) => eval(code); // ${name}\n`;
    const folders = ["client", "server"];
    editor = await openEditor({
      files: {
        ...Object.fromEntries(folders.map((name) => [`${name}/same.js`, code(name)])),
        "both.code-workspace": JSON.stringify({ folders: folders.map((name) => ({ path: name })) }),
      },
    });
  });

  afterAll(() => editor?.dispose());

  test("files of the same name are told apart, and each finding leads to its own", async () => {
    const window = editor.workbench;
    await analyze(window);
    await expect.poll(() => window.statusText(meter)).toContain("2 findings");
    expect((await window.problemRows()).filter((row) => row.includes("same.js"))).toHaveLength(2);
    const shown = new Set<string | undefined>();
    const rows = window.page.locator(".markers-panel .monaco-list-row", { hasText: "run as code" });
    for (const row of [0, 1]) {
      await rows.nth(row).dblclick();
      const line = window.page.locator(".editor-instance .view-line", { hasText: "eval" });
      await line.waitFor();
      await expect.poll(async () => shown.add(/client|server/.exec(await line.innerText())?.[0]).size).toBe(row + 1);
    }
    expect(shown).toEqual(new Set(["client", "server"]));
    await window.reload();
    await expect.poll(() => window.statusText(meter)).toContain("2 findings");
  });
});
