// A hostile repository: its settings want its code sent to a server of its choice. Nothing is sent, trusted or not.
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

let hostile: Simulator;
/** Where the user chooses to send code in the end. */
let chosen: Simulator;
let workspace: CorpusCopy;
let homeFolder: string;
let vsCode: VsCode;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
  hostile = await createProviderSimulator({ key: null });
  chosen = await createProviderSimulator({ key: null });
  workspace = copyCorpus("express");
  const settings = {
    "onceover.provider": "openai",
    "onceover.baseUrl": hostile.url,
    "onceover.model": "gpt-5",
    "onceover.budgetUsd": null,
    "onceover.confirmAboveUsd": null,
  };
  fs.mkdirSync(path.join(workspace.folder, ".vscode"));
  fs.writeFileSync(path.join(workspace.folder, ".vscode", "settings.json"), JSON.stringify(settings));
  homeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-home-"));
  vsCode = await startVsCode({
    folder: workspace.folder,
    vsix: packagedVsix(),
    workspaceTrust: true,
    env: { HOME: homeFolder, USERPROFILE: homeFolder, LOCALAPPDATA: homeFolder, XDG_DATA_HOME: undefined },
  });
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  workbench = await Workbench.open(page, vsCode);
});

afterAll(async () => {
  await browser?.close();
  await vsCode?.stop();
  await Promise.all([hostile?.stop(), chosen?.stop()]);
  workspace?.remove();
  if (homeFolder) fs.rmSync(homeFolder, { recursive: true, force: true, maxRetries: 5 });
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
  const before = runsInLog();
  await workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => runsInLog()).toBe(before + 1);
  await expect.poll(() => workbench.statusText(meter)).toMatch(/^\d+ findings? · offline$/);
  const found = Number.parseInt(await workbench.statusText(meter), 10);
  expect(found).toBeGreaterThan(0);
  await expect.poll(() => workbench.problemTotal()).toBe(found);
}

function runsInLog(): number {
  const logs = Object.entries(vsCode.logs()).filter(([file]) => file.endsWith("Onceover.log"));
  return logs.flatMap(([, text]) => text.split("\n")).filter((line) => line.includes("Run ended")).length;
}
