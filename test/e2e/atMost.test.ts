// What a review was to cost at most is a wall in the window too: at it the user is asked, and nothing is sent meanwhile.
// The provider is the simulator, whose replies become longer from one review to the next; its bill is the measure.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const count = 24;
const names = Array.from({ length: count }, (_, index) => `file${index}.ts`);
const question = /was to cost at most \$0\.\d+.*is spent.*Go on\?/s;

let simulator: Simulator;
let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  simulator = await createProviderSimulator({ replyTokens: 150 });
  editor = await openEditor({ files: filesOf("first"), simulator });
  ({ workbench } = editor);
  simulator.configure({ key: null });
});

afterAll(() => editor?.dispose());

test("a first review teaches what its replies are like", async () => {
  await analyze();
  await workbench
    .dialog()
    .getByRole("button", { name: `Review ${count} Files` })
    .click();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/ 0 % cached$/);
});

test("at the sum it asks, sends nothing meanwhile, and stops where it is told to", async () => {
  change("second", 1_500);
  await analyze();
  await workbench.notification(question).waitFor();
  const [atMostUsd, spentUsd] = sumsIn(await workbench.notification(question).innerText());
  await expect.poll(() => workbench.statusText(meter)).toBe(asking);
  expect(simulator.bill().usd).toBeLessThanOrEqual(atMostUsd);
  expect(spentUsd).toBeCloseTo(simulator.bill().usd, 3);
  const sent = simulator.requests.length;
  for (const kind of ["dark", "light", "high contrast dark"] as const) {
    await workbench.theme(kind);
    await workbench.screenshot(`out/screenshots/at-most-${kind.replaceAll(" ", "-")}.png`);
  }
  expect(simulator.requests).toHaveLength(sent);
  await workbench.answer(question, "Stop Here");
  await expect.poll(() => workbench.statusText(meter)).toMatch(/^agreed sum reached · \d+ pending$/);
  await expect.poll(() => workbench.notifications()).toEqual([expect.objectContaining({ message: told })]);
  expect(simulator.requests).toHaveLength(sent);
});

const told = expect.stringMatching(/^The review stopped at \$0\.\d+, the sum that it was to cost at most\./) as string;

test("goes on when it is told to, from the status bar if the question is no longer on the screen, and ends complete", async () => {
  change("third", 6_000);
  await analyze();
  let asked = 0;
  for (; (await untilAskedOrComplete()) === "asked"; asked++) {
    const text = await entry().locator(".notification-list-item-message").innerText();
    const [atMostUsd] = sumsIn(text);
    expect(simulator.bill().usd).toBeLessThanOrEqual(atMostUsd);
    await entry().getByRole("button", { name: "Go On", exact: true }).click();
    // The next question may follow at once: what goes is the one with these sums.
    await workbench.listedNotification(text).waitFor({ state: "detached" });
  }
  expect(asked).toBeGreaterThan(1);
  expect(simulator.bill().usd).toBeGreaterThan(0);
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

const asking = "waits for your answer";
const entry = () => workbench.listedNotification(question);

/** A click on what says that the run waits lists the question. The text is late by a moment: it may have been answered. */
async function untilAskedOrComplete(): Promise<"asked" | "complete"> {
  let found: "asked" | "complete" | undefined;
  const look = async () => {
    const status = await workbench.statusText(meter);
    if (await entry().isVisible()) found = "asked";
    else if (status.endsWith(" 0 % cached")) found = "complete";
    else if (status === asking) await workbench.statusItem(meter).click();
    return found;
  };
  await expect.poll(look, { timeout: 60_000, interval: 300 }).toBeDefined();
  return found!;
}

/** At most so far, spent, at most from now on. */
function sumsIn(text: string): readonly [number, number, number] {
  const [atMost = NaN, spent = NaN, next = NaN] = [...text.matchAll(/\$(\d+\.\d+)/g)].map((match) => Number(match[1]));
  expect(next).toBeGreaterThan(atMost);
  return [atMost, spent, next];
}

async function analyze(): Promise<void> {
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
}

function change(mark: string, replyTokens: number): void {
  for (const [name, text] of Object.entries(filesOf(mark))) fs.writeFileSync(path.join(editor.folder, name), text);
  simulator.configure({ replyTokens });
  simulator.reset();
}

function filesOf(mark: string): Record<string, string> {
  const bodyOf = (name: string) =>
    `export function ${name}(value: number): number {\n  const total = value * 2;\n  send_${name}(total);\n  return total;\n}\n`;
  return Object.fromEntries(names.map((name, index) => [name, bodyOf(`${mark}${index}`)]));
}
