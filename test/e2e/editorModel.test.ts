// A language model that another extension brings to VS Code: offered, asked about, reviews through the editor.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

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

let requestLog: string;
let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  editor = await openEditor({
    files: {
      "mean.py": "def mean(rows, total):\n    return total / len(rows)\n",
      "other.py": "def other(rows):\n    return sorted(rows)\n",
    },
    link,
    settings: { "chat.disableAIFeatures": false },
    env(root) {
      requestLog = path.join(root, "requests.jsonl");
      return { MODEL_LOG: requestLog, MODEL_REPLY: JSON.stringify(review) };
    },
  });
  ({ workbench } = editor);
});

afterAll(() => editor?.dispose());

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
  return fs.existsSync(requestLog) ? fs.readFileSync(requestLog, "utf8").trim().split("\n") : [];
}
