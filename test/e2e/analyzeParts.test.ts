// Parts of a workspace with two folders: a folder from Explorer and from the tree, what is selected in an editor.
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFiles } from "../support/temporaryFolder.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const defect = "def run(text):\n    return eval(text)\n";
const harmless = "def keep(text):\n    return text\n";

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  editor = await openEditor({
    files: {
      ...Object.fromEntries(
        ["api/inner/one.py", "api/other/two.py", "site/pages/three.py"].map((name) => [name, defect]),
      ),
      "api/top.py": `${harmless}\n\n${defect}\n\n${harmless}`,
      "both.code-workspace": JSON.stringify({ folders: [{ path: "api" }, { path: "site" }] }),
    },
  });
  ({ workbench } = editor);
});

afterAll(() => editor?.dispose());

const rows = (text: string | RegExp) => workbench.treeRows("Findings").filter({ hasText: text });

async function showFindings(): Promise<void> {
  await workbench.command("onceover.findings.focus", "Onceover: Focus on Findings View");
}

test("a folder is reviewed from Explorer, and nothing beside it", async () => {
  await workbench.command("workbench.view.explorer", "View: Show Explorer");
  await workbench.explorerRow("api").click();
  // Whether the click has opened or closed it: the key opens it, or goes into it.
  await workbench.page.keyboard.press("ArrowRight");
  await workbench.explorerRow("inner").click({ button: "right" });
  await workbench.chooseInMenu("Analyze Folder");
  await expect.poll(() => workbench.statusText(meter)).toContain("1 finding ");
  await showFindings();
  await rows(/one\.py.*api\/inner/).waitFor();
  expect(await workbench.treeRows("Findings").count()).toBe(1);
});

test("a folder of the tree is reviewed with what is new in it, under the names of the workspace's folders", async () => {
  await showFindings();
  await workbench.commandByKeyboard("onceover.analyzeWorkspace", "Onceover: Analyze Workspace");
  await rows(/three\.py.*site\/pages/).waitFor();
  await workbench.command("onceover.groupFindings", "Onceover: Group Findings by…");
  await workbench.pick("Folder");
  const folder = rows(/site\/pages.*1 finding in 1 file/);
  await folder.waitFor();
  writeFiles(editor.folder, { "site/pages/new.py": defect, "api/other/unasked.py": defect });
  await folder.click({ button: "right" });
  await workbench.chooseInMenu("Analyze Folder");
  await rows(/site\/pages.*2 findings in 2 files/).waitFor();
  await rows(/api\/other.*1 finding in 1 file/).waitFor();
  await workbench.screenshot("out/screenshots/findings-folders.png");
});

test("a selection's file is reviewed, and what touches the selection is shown", async () => {
  await workbench.openFile("top.py");
  await workbench.page.keyboard.press("ControlOrMeta+a");
  await workbench.commandByKeyboard("onceover.analyzeSelection", "Onceover: Analyze Selection");
  await workbench.statusMessage("Finding 1 of 1 in the selection").waitFor();
  await workbench.page.keyboard.press("ControlOrMeta+Home");
  await workbench.page.keyboard.press("Shift+ArrowDown");
  await workbench.commandByKeyboard("onceover.analyzeSelection", "Onceover: Analyze Selection");
  const told = workbench.notification(/no finding touches lines 1–1\. Elsewhere in the file: 1 finding/);
  await told.waitFor();
  expect(workbench.consoleErrorsOf("onceover.onceover")).toEqual([]);
});
