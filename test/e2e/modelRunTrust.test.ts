// A hostile repository: its settings want its code sent to a server of its choice. Nothing is sent, trusted or not.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

let hostile: Simulator;
/** Where the user chooses to send code in the end. */
let chosen: Simulator;

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  hostile = await createProviderSimulator({ key: null });
  chosen = await createProviderSimulator({ key: null });
  editor = await openEditor({
    corpus: "express",
    files: {
      ".vscode/settings.json": JSON.stringify({
        "onceover.provider": "openai",
        "onceover.baseUrl": hostile.url,
        "onceover.model": "gpt-5",
        "onceover.budgetUsd": null,
        "onceover.confirmAboveUsd": null,
      }),
    },
    workspaceTrust: true,
  });
  ({ workbench } = editor);
});

afterAll(async () => {
  await editor?.dispose();
  await Promise.all([hostile?.stop(), chosen?.stop()]);
});

test("a folder that is not trusted is reviewed offline", async () => {
  // This server does not ask: a folder is not trusted until its user says so.
  await expect.poll(() => workbench.statusText(meter)).toBe("offline only");
  await reviewOffline();
  expect(hostile.requests).toEqual([]);
});

test("a trusted folder still has no say in what reviews it", async () => {
  await workbench.trustWorkspace();
  await reviewOffline();
  expect(hostile.requests).toEqual([]);
});

test("nor in where its code goes once the user has chosen a model, nor in the budget", async () => {
  workbench.setSettings({
    "onceover.provider": "openai",
    "onceover.baseUrl": chosen.url,
    "onceover.model": "gpt-5-mini",
  });
  await workbench.reload();
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  const question = workbench.dialog();
  await question.waitFor();
  const text = await question.innerText();
  expect(text).toContain(`Endpoint: ${chosen.origin}`);
  expect(text).toContain("Model: gpt-5-mini");
  expect(text).toContain("The run stops at its budget of $1.00.");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => workbench.statusText(meter)).toMatch(/offline$/);
  expect(chosen.requests).toEqual([]);
  expect(hostile.requests).toEqual([]);
});

/** Runs a review and waits until the log tells of its end and the window shows what it found. */
async function reviewOffline(): Promise<void> {
  const before = editor.log().runs.length;
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => editor.log().runs.length).toBe(before + 1);
  await expect.poll(() => workbench.statusText(meter)).toMatch(/^\d+ findings? · offline$/);
  const found = Number.parseInt(await workbench.statusText(meter), 10);
  expect(found).toBeGreaterThan(0);
  await expect.poll(() => workbench.problemTotal()).toBe(found);
}
