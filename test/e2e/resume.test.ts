// What happens while nobody looks: Resume takes up what a reload cut off and no more, and whoever looks elsewhere is told
// of the end.
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const files = ["cart.py", "pay.py", "stock.py"];

let simulator: Simulator;
let release = () => {};
let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  simulator = await createProviderSimulator({ key: null });
  editor = await openEditor({ files: Object.fromEntries(files.map((name) => [name, textOf(name, 1)])), simulator });
  ({ workbench } = editor);
});

afterAll(async () => {
  release();
  await editor?.dispose();
});

afterEach(() => {
  release();
  simulator.configure({ gate: null });
});

test("a run of all files ends before those of one begin", async () => {
  await analyze();
  await workbench.dialog().getByRole("button", { name: "Review 3 Files" }).click();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/0 % cached$/);
  expect(simulator.requests).toHaveLength(3);
});

test("a run of one file that a reload cut off is taken up as one of that file", async () => {
  files.forEach((name) => write(name, 2));
  await workbench.openFile("pay.py");
  await cutOff(() => workbench.reloadByCommand());
  await workbench.screenshot("out/screenshots/interrupted.png");
  await resumeOne();
});

test("whoever looks at something else is told when it is done", async () => {
  write("stock.py", 4);
  await workbench.page.evaluate(loseFocus);
  await analyze();
  await workbench.notification(/files? reviewed · \d+ findings? · <?\$0\.\d\d/).waitFor();
  await workbench.screenshot("out/screenshots/completion.png");
  await workbench.answer(/reviewed/, "Show Report");
  await workbench.webview("header .figures");
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

/** In the page. The workbench tells of a change alone, and of a loss only when no focus has followed it: so it has it first. */
const loseFocus = `new Promise((resolve) => {
  document.hasFocus = () => true;
  window.dispatchEvent(new Event("focus"));
  document.hasFocus = () => false;
  window.dispatchEvent(new Event("blur"));
  setTimeout(resolve, 0);
})`;

function write(name: string, version: number): void {
  fs.writeFileSync(path.join(editor.folder, name), textOf(name, version));
}

function textOf(name: string, version: number): string {
  return `# ${name} ${version}\ndef run(rows):\n    return sum(rows) / len(rows)\n`;
}

async function analyze(): Promise<void> {
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
}

/** Begins to review the open file, and ends the window's host while the request is under way. */
async function cutOff(end: () => Promise<void>): Promise<void> {
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  simulator.configure({ gate: () => held.promise });
  const before = simulator.requests.length;
  await workbench.commandByKeyboard("onceover.analyzeFile", "Onceover: Analyze File");
  await expect.poll(() => simulator.requests.length).toBe(before + 1);
  await end();
  await expect.poll(() => workbench.statusText(meter)).toBe("interrupted");
  expect(simulator.requests).toHaveLength(before + 1);
  release();
  simulator.configure({ gate: null });
}

async function resumeOne(): Promise<void> {
  const before = simulator.requests.length;
  await workbench.commandByKeyboard("onceover.resume", "Onceover: Resume");
  await expect.poll(() => workbench.statusText(meter)).toMatch(/cached$/);
  expect(simulator.requests.slice(before).map(({ body }) => JSON.stringify(body).includes("# pay.py"))).toEqual([true]);
}
