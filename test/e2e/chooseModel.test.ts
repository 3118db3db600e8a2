// Choosing a model that answers on this machine: it is offered, asked about once, reviews, and shows on the meter.
// The simulator stands where OLLAMA_HOST says that Ollama is.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CorpusCopy, copyCorpus } from "../support/corpus.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { packagedVsix } from "../support/vscode/packagedVsix.ts";
import { startVsCode, type VsCode } from "../support/vscode/startVsCode.ts";
import { Workbench } from "../support/vscode/workbench.ts";

const meter = "onceover.onceover.onceover.meter";

let simulator: Simulator;
let workspace: CorpusCopy;
let homeFolder: string;
let vsCode: VsCode;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
  // As Ollama: it wants no key.
  simulator = await createProviderSimulator({ key: null });
  workspace = copyCorpus("express");
  homeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-home-"));
  vsCode = await startVsCode({
    folder: workspace.folder,
    vsix: packagedVsix(),
    settings: { "files.associations": { "*.js": "plaintext" } },
    env: {
      HOME: homeFolder,
      USERPROFILE: homeFolder,
      LOCALAPPDATA: homeFolder,
      XDG_DATA_HOME: undefined,
      OLLAMA_HOST: new URL(simulator.origin).host,
    },
  });
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  workbench = await Workbench.open(page, vsCode);
  await workbench.statusItem(meter).waitFor();
});

afterAll(async () => {
  await browser?.close();
  await vsCode?.stop();
  await simulator?.stop();
  workspace?.remove();
  if (homeFolder) fs.rmSync(homeFolder, { recursive: true, force: true, maxRetries: 5 });
});

test("Ollama on this machine is offered beside the hosted models, and reviews after one question", async () => {
  const files = fs.readdirSync(workspace.folder).length;
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
