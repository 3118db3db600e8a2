// Choosing a model that answers on this machine: it is offered, asked about once, reviews, and shows on the meter.
// The simulator stands where OLLAMA_HOST says that Ollama is.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

let simulator: Simulator;

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  // As Ollama: it wants no key.
  simulator = await createProviderSimulator({ key: null });
  editor = await openEditor({
    corpus: "express",
    env: () => ({ OLLAMA_HOST: new URL(simulator.origin).host }),
  });
  ({ workbench } = editor);
});

afterAll(async () => {
  await editor?.dispose();
  await simulator?.stop();
});

test("Ollama on this machine is offered beside the hosted models, and reviews after one question", async () => {
  const files = fs.readdirSync(editor.folder).length;
  await workbench.command("onceover.chooseModel", "Onceover: Choose Model");
  for (const model of [/Offline.*free/, /gpt-5-mini.*per million tokens/, /claude-haiku-4-5.*per million tokens/])
    await expect.poll(async () => (await workbench.pickLabels()).join("\n")).toMatch(model);
  const screenshots = process.env["ONCEOVER_SCREENSHOTS"];
  if (screenshots) await workbench.screenshot(path.join(screenshots, "choose-model.png"));
  await workbench.quickInput().fill("Ollama at");
  await workbench.pick(`Ollama at ${new URL(simulator.origin).host}`);
  await workbench.statusMessage(/at Ollama is set/).waitFor();
  expect(simulator.requests).toEqual([]);

  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  const dialog = workbench.dialog();
  await dialog.waitFor();
  const question = await dialog.innerText();
  expect(question).toContain(`Send ${files} Files to ${simulator.origin}?`);
  expect(question).toContain("The endpoint is on this machine.");
  expect(simulator.requests).toEqual([]);
  await dialog.getByRole("button", { name: `Review ${files} Files` }).click();

  await expect.poll(() => workbench.statusText(meter)).toMatch(/% cached$/);
  expect(simulator.requests).toHaveLength(files);
  expect(simulator.requests.every(({ outcome }) => outcome === "completed")).toBe(true);
  await expect.poll(() => workbench.problemTotal()).toBeGreaterThan(0);
});

test("a hosted model is chosen with whom complex files go to, and passing over that question leaves one model", async () => {
  const settings = () => {
    const { "onceover.provider": provider, "onceover.model": model, ...others } = workbench.settings();
    return [provider, model, others["onceover.strongModel"]];
  };
  const asked = simulator.requests.length;
  await workbench.command("onceover.chooseModel", "Onceover: Choose Model");
  await workbench.quickInput().fill("gpt-5-mini");
  await workbench.pick(/gpt-5-mini.*per million tokens/);
  const question = workbench.page.locator(".quick-input-widget:visible", {
    hasText: "For Complex or Security-Sensitive Files",
  });
  await question.waitFor();
  expect((await workbench.pickLabels())[0]).toContain("One Model for All Files");
  const screenshots = process.env["ONCEOVER_SCREENSHOTS"];
  if (screenshots) await workbench.screenshot(path.join(screenshots, "choose-strong-model.png"));
  await workbench.quickInput().fill("gpt-5");
  await workbench.page.getByRole("option", { name: /^gpt-5,/ }).click();
  await workbench.type("key-of-no-account", "API Key for");
  await expect.poll(settings).toEqual(["openai", "gpt-5-mini", "gpt-5"]);

  await workbench.command("onceover.chooseModel", "Onceover: Choose Model");
  await workbench.quickInput().fill("claude-haiku-4-5");
  await workbench.pick(/claude-haiku-4-5.*per million tokens/);
  await question.waitFor();
  await workbench.quickInput().press("Escape");
  await workbench.type("another-key-of-no-account", "API Key for");
  // Its own default: the name need not be written down.
  await expect.poll(settings).toEqual(["anthropic", undefined, undefined]);
  expect(simulator.requests).toHaveLength(asked);
});
