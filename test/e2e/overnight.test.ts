// A night in a window: the question with its price, what is outstanding in the tooltip, the reviews when they are in.
// The provider is the simulator, whose batches move by a clock of this test's own.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const HOUR_MS = 3_600_000;

let nowMs = 0;
let simulator: Simulator;
let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  simulator = await createProviderSimulator({ monotonicMs: () => nowMs, batchRequestMs: HOUR_MS });
  const files = {
    "src/one.ts": "export function one(value: number) {\n  send(value);\n  return value;\n}\n",
    "src/two.ts": "export function two(value: number) {\n  send(value);\n  return value * 2;\n}\n",
  };
  editor = await openEditor({ files, simulator });
  ({ workbench } = editor);
  // On loopback no key has to be set for the question to come; the simulator wants one.
  simulator.configure({ key: null });
});

afterAll(() => editor?.dispose());

test("submits after the question, and says what is outstanding", async () => {
  await workbench.command("onceover.analyzeOvernight", "Onceover: Analyze Overnight at Half Price…");
  const dialog = workbench.dialog();
  await dialog.waitFor();
  expect(await dialog.innerText()).toMatch(/within a day/);
  await workbench.screenshot("out/screenshots/overnight-question.png");
  await dialog.getByRole("button", { name: "Review 2 Files" }).click();
  await workbench.notification(/2 reviews submitted overnight, for at most \$0\.\d+/).waitFor();
  expect(simulator.batches.jobs.flatMap(({ requests }) => requests)).toHaveLength(2);
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  const panel = await workbench.webview("section.run");
  await panel.getByText(/^2 overnight reviews are outstanding, for at most \$0\.\d+\.$/).waitFor();
  expect(await panel.getByRole("region", { name: "Overnight" }).innerText()).toMatch(/Submitted .*\d/);
  await panel.getByRole("button", { name: "Collect Now" }).click();
  await workbench.notification(/2 overnight reviews are outstanding/).waitFor();
  await workbench.screenshot("out/screenshots/overnight-panel.png");
});

test("an ordinary review meanwhile pays for nothing twice", async () => {
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => workbench.statusText(meter)).toMatch(/2 pending/);
  expect(simulator.requests).toEqual([]);
});

test("what is in is told once, and its report costs nothing more", async () => {
  nowMs += 3 * HOUR_MS;
  await workbench.command("onceover.collectOvernight", "Onceover: Collect Overnight Reviews");
  await workbench.notification(/2 overnight reviews are in, for .*\$0\.\d+/).waitFor();
  const calls = simulator.requests.length;
  await workbench.answer(/2 overnight reviews are in/, "Show Report");
  const report = await workbench.webview("header .figures");
  await report.getByRole("article").filter({ hasText: "· model" }).first().waitFor();
  await workbench.screenshot("out/screenshots/overnight-report.png");
  expect(simulator.requests).toHaveLength(calls);
  const panel = await workbench.webview("section.run");
  expect(await panel.getByRole("region", { name: "Overnight" }).count()).toBe(0);
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});
