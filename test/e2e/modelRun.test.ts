// A model reviews a real workspace: what is asked before, what is seen meanwhile, what it cost, and how it is stopped.
// The provider is the simulator, over real HTTP on loopback; its bill is the measure of what the window shows.
import type { FrameLocator } from "playwright-core";
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { formatUsd } from "../../src/shared/format.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const cancelLimitMs = 1_000;
/** In a function's body of response.js, so in no signature; prompts do not name their file. */
const lineOfResponse = "path argument is required to res.sendFile";

let simulator: Simulator;
let names: readonly string[];
let held: { release(): void } | undefined;

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  // Long replies: six small files should cost cents, not fractions of one.
  simulator = await createProviderSimulator({ replyTokens: 4_000 });
  editor = await openEditor({ corpus: "express", simulator });
  ({ workbench } = editor);
  names = fs.readdirSync(editor.folder).toSorted();
});

afterAll(() => editor?.dispose());

beforeEach(() => startAfresh());

afterEach(() => startAfresh());

test("a wrong key costs one request and is told once, with the button that helps", async () => {
  await setKey("not-the-simulators-key");
  await analyze();
  await agree();
  await expect.poll(() => workbench.statusText(meter)).toBe(`key refused · ${names.length} pending`);
  await expect
    .poll(() => workbench.notifications())
    .toEqual([{ severity: "error", message: expect.stringMatching(/key/i), buttons: ["Set API Key…", "Show Log"] }]);
  expect(simulator.requests.map(({ status, headers }) => [status, headers.authorization])).toEqual([[401, "wrong"]]);

  await workbench.answer(/key/i, "Set API Key…");
  await enterKey(simulator.key);
  expect(simulator.requests).toHaveLength(1);
});

test("findings stream into the report while the run goes on, and the meter shows the bill", async () => {
  holdBack((prompt) => prompt.includes(lineOfResponse));
  await analyze();
  await workbench.command("onceover.showReport", "Onceover: Show Report");
  const report = await workbench.webview("header .figures");
  await expect.poll(() => reportStatus(report)).toContain(`Reviewing ${names.length} of ${names.length}`);
  await report.getByRole("article").filter({ hasText: "· model" }).first().waitFor();
  // A finding is shown before its file is done.
  await expect
    .poll(() => workbench.statusText(meter))
    .toMatch(new RegExp(`^${names.length - 1} of ${names.length} · \\$0\\.\\d\\d$`));
  held?.release();
  await expect.poll(() => reportStatus(report)).toContain("Complete");
  await expect.poll(() => workbench.statusText(meter)).toBe(`${formatUsd(simulator.bill().usd)} · 0 % cached`);
  expect(simulator.bill().usd).toBeGreaterThan(0);
  expect(simulator.requests.every(({ outcome }) => outcome === "completed")).toBe(true);
  expect(simulator.requests).toHaveLength(names.length);
  await showsBill();
});

test("a second run asks nothing and sends nothing", async () => {
  const before = await workbench.problems();
  expect(before.errors + before.warnings).toBeGreaterThan(0);
  await analyze();
  await expect.poll(() => workbench.statusText(meter)).toBe("$0.00 · 100 % cached");
  await expect.poll(() => workbench.problems()).toEqual(before);
  expect(simulator.requests).toEqual([]);
});

test("after a reload the findings are back, and nothing is sent for it", async () => {
  const before = await workbench.problems();
  // The run has only just ended: that it has must not be lost with the page.
  await workbench.reloadByCommand();
  await expect.poll(() => workbench.problems()).toEqual(before);
  await expect.poll(() => workbench.statusText(meter)).toBe("$0.00 · 100 % cached");
  expect(simulator.requests).toEqual([]);
});

test("one changed file is one request", async () => {
  change(["request.js"]);
  await workbench.openFile("request.js");
  await workbench.commandByKeyboard("onceover.analyzeFile", "Onceover: Analyze File");
  await expect.poll(() => simulator.bill().requests).toBe(1);
  await expect.poll(() => workbench.statusText(meter)).toBe(`${formatUsd(simulator.bill().usd)} · 0 % cached`);
  expect(promptsOf(simulator).filter((prompt) => prompt.includes(mark))).toHaveLength(1);
});

const ways = [
  ["the palette", () => workbench.command("onceover.cancel", "Onceover: Cancel")],
  ["the notification", () => workbench.answer(/Onceover/, "Cancel")],
] as const;

test.each(ways)("cancelled from %s: at once, and what is done is kept", async (_where, cancel) => {
  change(names);
  const done = 2;
  holdBack((_prompt, index) => index > done);
  await analyze();
  await workbench.notification(/Onceover/).waitFor();
  await expect.poll(() => simulator.requests.length).toBe(names.length);
  await expect.poll(() => workbench.statusText(meter)).toMatch(new RegExp(`^${done} of ${names.length}`));

  await cancel();
  await expect.poll(() => inFlight(), { timeout: cancelLimitMs, interval: 20 }).toBe(0);
  await expect.poll(() => workbench.statusText(meter)).toBe(`cancelled · ${names.length - done} pending`);
  await expect.poll(() => workbench.notifications()).toEqual([]);
  expect(countOf("completed")).toBe(done);
  expect(countOf("aborted")).toBe(names.length - done);

  startAfresh();
  await analyze();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/^\$0\.\d\d · 33 % cached$/);
  expect(simulator.requests).toHaveLength(names.length - done);
});

test("a reload cuts a run off: nothing goes on by itself, and what is done is kept", async () => {
  change(names);
  const done = 2;
  holdBack((_prompt, index) => index > done);
  await analyze();
  await expect.poll(() => simulator.requests.length).toBe(names.length);
  await expect.poll(() => workbench.statusText(meter)).toMatch(new RegExp(`^${done} of ${names.length}`));
  await workbench.reload();
  await expect.poll(() => inFlight()).toBe(0);
  await expect.poll(() => workbench.statusText(meter)).toBe("interrupted");
  expect(simulator.requests).toHaveLength(names.length);

  startAfresh();
  await analyze();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/^\$0\.\d\d · 33 % cached$/);
  expect(simulator.requests).toHaveLength(names.length - done);
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

/** The simulator's log and bill begin anew, and nothing is held back any more. */
function startAfresh(): void {
  held?.release();
  simulator.configure({ gate: null });
  simulator.reset();
}

async function setKey(key: string): Promise<void> {
  await workbench.command("onceover.setApiKey", "Onceover: Set API Key");
  await enterKey(key);
}

/** Resolves when the key is stored: what opens a palette before that closes the input box. */
async function enterKey(key: string): Promise<void> {
  const told = workbench.statusMessage(/The key for .* is set/);
  // Else the message about the key before would pass for this one's.
  await told.waitFor({ state: "hidden" });
  await workbench.type(key, "API Key for");
  await told.waitFor();
}

async function analyze(): Promise<void> {
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
}

/** Reads the question before the first sending, and agrees. */
async function agree(): Promise<void> {
  const dialog = workbench.dialog();
  await dialog.waitFor();
  const text = await dialog.innerText();
  expect(text).toContain(`Send ${names.length} Files to ${simulator.origin}?`);
  expect(text).toContain(`Endpoint: ${simulator.origin}`);
  expect(text).toContain("Model: gpt-5-mini");
  expect(text).toMatch(/Tokens: about [\d.]+\s?[kM]? to send, [\d.]+\s?[kM]? to receive/);
  expect(text).toMatch(/Price: likely <?\$0\.\d\d, at most \$0\.\d\d/);
  expect(text).toContain("The run stops at its budget of $1.00.");
  expect(simulator.requests).toEqual([]);
  await dialog.getByRole("button", { name: `Review ${names.length} Files` }).click();
}

/** Lets the first token of the requests that `isHeld` names wait until it is released. */
function holdBack(isHeld: (prompt: string, index: number) => boolean): void {
  const released = Promise.withResolvers<void>();
  simulator.configure({
    gate: ({ lastUserText, index }) => (isHeld(lastUserText, index) ? released.promise : Promise.resolve()),
  });
  held = { release: released.resolve };
}

const mark = "// changed";
let changes = 0;

/** Makes these files ones that nobody has reviewed yet. */
function change(files: readonly string[]): void {
  changes += 1;
  for (const name of files) fs.appendFileSync(path.join(editor.folder, name), `${mark} ${changes}\n`);
}

function countOf(outcome: string): number {
  return simulator.requests.filter((request) => request.outcome === outcome).length;
}

/** Requests that the simulator is answering now. */
function inFlight(): number {
  return simulator.requests.filter(({ endMs }) => endMs === null).length;
}

function promptsOf({ requests }: Simulator): string[] {
  return requests.map(({ body }) => JSON.stringify(body));
}

async function reportStatus(report: FrameLocator): Promise<string> {
  return (await report.locator("header .status").innerText()).replaceAll(/\s+/g, " ");
}

/** The panel's receipt, to a tenth of a cent. */
async function showsBill(): Promise<void> {
  await workbench.command("onceover.showPerformance", "Onceover: Show Performance");
  const panel = await workbench.webview("section.run");
  const paid = panel.locator(".receipt tr", { hasText: "Paid" }).locator("td").last();
  await expect.poll(() => paid.innerText()).toBe(formatUsd(simulator.bill().usd, "row"));
}
