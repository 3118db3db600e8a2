// Only what differs from a revision is reviewed; what is known of all other files stays.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { initRepository } from "../support/gitRepository.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const defect = "def run(text):\n    return eval(text)\n";

let editor: Editor;
let workbench: Workbench;

beforeAll(async () => {
  editor = await openEditor({
    files: { "kept.py": defect, "edited.py": "def run(code):\n    return code\n" },
    prepareFolder(folder) {
      initRepository(folder);
      fs.writeFileSync(path.join(folder, "edited.py"), defect);
    },
  });
  ({ workbench } = editor);
});

afterAll(() => editor?.dispose());

test("what is not committed is reviewed, by keyboard alone, and nothing else", async () => {
  await workbench.commandByKeyboard("onceover.analyzeChanges", "Onceover: Analyze Changes");
  // The repository's own branch, and no other.
  await expect.poll(async () => (await workbench.pickLabels()).join("\n")).toMatch(/main.*current branch/);
  expect(await workbench.pickLabels()).toHaveLength(3);
  await workbench.pickByKeyboard("uncommitted");
  await expect.poll(() => workbench.statusText(meter)).toContain("1 finding ");
  expect((await workbench.problemRows()).join("\n")).toContain("edited.py");
});

test("a revision that is not there is said, and nothing is lost", async () => {
  await workbench.commandByKeyboard("onceover.analyzeChanges", "Onceover: Analyze Changes");
  await workbench.pickByKeyboard("another branch");
  await workbench.type("no-such-branch", "as git knows it");
  await expect
    .poll(async () => (await workbench.notifications()).map(({ message }) => message).join())
    .toContain("There is no git revision no-such-branch here");
  expect(await workbench.problems()).toMatchObject({ infos: 1 });
});
