import { afterAll, beforeAll, expect, test } from "vitest";
import { type Editor, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const extensionId = "onceover.onceover";
const windowCount = 2;

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  editor = await openEditor({ files: { "sum.ts": "export const sum = (a: number, b: number) => a + b;\n" } });
  ({ workbench } = editor);
});

afterAll(() => editor?.dispose());

test("the packaged extension activates without an error", async () => {
  const timesMs = [await activationMs(workbench)];
  await workbench.screenshot("out/screenshots/activation.png");
  // Built-in extensions start at the same moment and take turns on one thread, so the quietest window tells our share.
  while (timesMs.length < windowCount) {
    await workbench.reload();
    timesMs.push(await activationMs(workbench));
  }
  // Printed, not judged: on a machine that does other things as well a time says little.
  process.stdout.write(`Activation as VS Code reports it: ${timesMs.join(", ")} ms\n`);

  expect(workbench.consoleErrorsOf(extensionId)).toEqual([]);
  const hostLogs = Object.entries(editor.logs()).filter(([file]) => file.endsWith("remoteexthost.log"));
  expect(hostLogs).not.toEqual([]);
  const ownLines = hostLogs.flatMap(([, text]) => text.split("\n")).filter((line) => line.includes(extensionId));
  expect(ownLines).not.toEqual([]);
  expect(ownLines.filter((line) => /\[(error|critical)\]/.test(line))).toEqual([]);
  expect(await workbench.notifications()).toEqual([]);
});

async function activationMs(workbench: Workbench): Promise<number> {
  const own = () => workbench.runningExtensions().then((all) => all.find(({ text }) => text.startsWith("Onceover")));
  await expect.poll(async () => (await own())?.activationMs, { timeout: 60_000 }).toEqual(expect.any(Number));
  const time = (await own())?.activationMs;
  if (time === undefined) throw new Error("The extension was active and is no longer.");
  return time;
}
