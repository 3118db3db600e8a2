// A language model that another extension brings to VS Code: offered, asked about, reviews through the editor.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/vscode/findBrowser.ts";
import { packagedVsix } from "../support/vscode/packagedVsix.ts";
import { startVsCode, type VsCode } from "../support/vscode/startVsCode.ts";
import { Workbench } from "../support/vscode/workbench.ts";

const meter = "onceover.onceover.onceover.meter";
const link = { id: "tester.model", version: "1.0.0", folder: "test/support/vscode/modelExtension" };
const review = {
  summary: "Two small scripts.",
  findings: [
    {
      quote: "return total / len(rows)",
      category: "bug",
      severity: "error",
      title: "Division by zero for no rows",
      scenario: "rows is empty",
      explanation: "An empty list has no mean.",
      fix: null,
      confidence: 0.9,
      needs: null,
    },
  ],
};

let root: string;
let vsCode: VsCode;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-model-"));
  const [folder, home] = [path.join(root, "workspace"), path.join(root, "home")];
  for (const made of [folder, home]) fs.mkdirSync(made);
  fs.writeFileSync(path.join(folder, "mean.py"), "def mean(rows, total):\n    return total / len(rows)\n");
  fs.writeFileSync(path.join(folder, "other.py"), "def other(rows):\n    return sorted(rows)\n");
  vsCode = await startVsCode({
    folder,
    vsix: packagedVsix(),
    link,
    settings: { "chat.disableAIFeatures": false, "files.associations": { "*.py": "plaintext" } },
    env: {
      HOME: home,
      USERPROFILE: home,
      LOCALAPPDATA: home,
      XDG_DATA_HOME: undefined,
      MODEL_LOG: path.join(root, "requests.jsonl"),
      MODEL_REPLY: JSON.stringify(review),
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
  if (root) fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

test("is offered with whom it goes through, and chosen by keyboard", async () => {
  await workbench.commandByKeyboard("onceover.chooseModel", "Onceover: Choose Model");
  await workbench.pickByKeyboard("Reviewer by Tester");
  await workbench.statusMessage(/Reviewer by Tester is set/).waitFor();
  expect(requests()).toEqual([]);
});

test("reviews after one question, the meter says that its cost is not known, and nothing is asked twice", async () => {
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  const question = workbench.dialog();
  await expect.poll(() => question.innerText()).toContain("Send 2 Files to tester, through VS Code?");
  expect(await question.innerText()).toContain("no budget in dollars can hold");
  await workbench.screenshot("out/screenshots/editor-model-question.png");
  await question.getByRole("button", { name: "Review 2 Files" }).click();
  await expect.poll(() => workbench.statusText(meter)).toBe("cost unknown · 0 % cached");
  await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 0, infos: 0 });
  expect(requests()).toHaveLength(2);
  expect(requests().join("\n")).toContain("return total / len(rows)");

  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await expect.poll(() => workbench.statusText(meter)).toMatch(/100 % cached$/);
  expect(requests()).toHaveLength(2);
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});

function requests(): string[] {
  const file = path.join(root, "requests.jsonl");
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
}
