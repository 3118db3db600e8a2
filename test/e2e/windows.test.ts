// More than one of something: two windows on one folder, and two folders in one window.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CorpusCopy, copyCorpus } from "../support/corpus.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { packagedVsix } from "../support/vscode/packagedVsix.ts";
import { startVsCode, type VsCode } from "../support/vscode/startVsCode.ts";
import { Workbench } from "../support/vscode/workbench.ts";

const meter = "onceover.onceover.onceover.meter";

let homeFolder: string;
let browser: Browser;

beforeAll(async () => {
  homeFolder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-home-"));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  if (homeFolder) fs.rmSync(homeFolder, { recursive: true, force: true, maxRetries: 5 });
});

/** A store of its own: what an earlier run has answered would be answered from the cache. */
const ownHome = () => ({
  HOME: homeFolder,
  USERPROFILE: homeFolder,
  LOCALAPPDATA: homeFolder,
  XDG_DATA_HOME: undefined,
});

async function openWindow(vsCode: VsCode): Promise<Workbench> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const workbench = await Workbench.open(page, vsCode);
  await workbench.statusItem(meter).waitFor();
  return workbench;
}

const analyze = (workbench: Workbench) =>
  workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");

describe("two windows on one folder", () => {
  let simulator: Simulator;
  let workspace: CorpusCopy;
  let vsCode: VsCode;

  beforeAll(async () => {
    simulator = await createProviderSimulator();
    workspace = copyCorpus("express");
    vsCode = await startVsCode({
      folder: workspace.folder,
      vsix: packagedVsix(),
      settings: {
        "onceover.provider": "openai",
        "onceover.baseUrl": simulator.url,
        "onceover.model": "gpt-5-mini",
        "files.associations": { "*.js": "plaintext" },
      },
      env: ownHome(),
    });
  });

  afterAll(async () => {
    await vsCode?.stop();
    await simulator?.stop();
    workspace?.remove();
  });

  test("pay once: the second waits for the first one's answers", async () => {
    const files = fs.readdirSync(workspace.folder).length;
    const released = Promise.withResolvers<void>();
    simulator.configure({ gate: () => released.promise });
    const [one, two] = [await openWindow(vsCode), await openWindow(vsCode)];
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

  async function startModelRun(window: Workbench, files: number): Promise<void> {
    await analyze(window);
    await window
      .dialog()
      .getByRole("button", { name: `Review ${files} Files` })
      .click();
  }
});

describe("two folders in one window", () => {
  let root: string;
  let vsCode: VsCode;

  beforeAll(async () => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-roots-"));
    for (const name of ["client", "server"]) {
      fs.mkdirSync(path.join(root, name));
      fs.writeFileSync(path.join(root, name, "same.js"), `export const run = (code) => eval(code); // ${name}\n`);
    }
    const file = path.join(root, "both.code-workspace");
    fs.writeFileSync(file, JSON.stringify({ folders: [{ path: "client" }, { path: "server" }] }));
    vsCode = await startVsCode({
      folder: file,
      vsix: packagedVsix(),
      settings: { "files.associations": { "*.js": "plaintext" } },
      env: ownHome(),
    });
  });

  afterAll(async () => {
    await vsCode?.stop();
    if (root) fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  test("files of the same name are told apart, and each finding leads to its own", async () => {
    const window = await openWindow(vsCode);
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
