// What somebody new has to do, counted: from an installed extension to the first finding, and to the first price.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";

const files = {
  "cart.js": "export function total(rows) {\n  if (rows.length = 0) return 0;\n  return eval(rows[0]);\n}\n",
};

let simulator: Simulator;
let editor: Editor;

beforeAll(async () => {
  simulator = await createProviderSimulator();
  editor = await openEditor({ files });
});

afterAll(async () => {
  await editor?.dispose();
  await simulator?.stop();
});

/** Counts what a person does: a click, a choice in a list, a text that is typed and confirmed. */
function counted() {
  let actions = 0;
  return {
    actions: () => actions,
    async do(action: Promise<unknown>) {
      actions++;
      await action;
    },
  };
}

test("from the package to the first finding: three actions, and no key", async () => {
  const { workbench } = editor;
  const person = counted();
  // *Install from VSIX…*: done before the window was opened, and one action all the same.
  await person.do(Promise.resolve());
  await person.do(workbench.statusItem(meter).click());
  const panel = await workbench.webview("section.run");
  await person.do(panel.getByRole("button", { name: "Analyze Workspace" }).click());
  await workbench.treeRows("Findings").filter({ hasText: "cart.js" }).waitFor();
  await panel.getByRole("heading", { name: "Complete" }).waitFor();
  await panel.getByText("Open Report").waitFor();
  expect(person.actions()).toBeLessThanOrEqual(3);
  expect(simulator.requests).toEqual([]);
});

test("to the first price of a model with a key: six actions", async () => {
  const { workbench } = editor;
  const person = counted();
  await person.do(workbench.command("onceover.chooseModel", "Onceover: Choose Model…"));
  await person.do(workbench.pick("OpenAI-Compatible Server…"));
  await person.do(workbench.type(simulator.url, "Address of the Server"));
  await person.do(workbench.type(simulator.key ?? "", "API Key for"));
  await person.do(workbench.pick(simulator.model));
  await expect.poll(() => workbench.settings()["onceover.baseUrl"]).toBe(simulator.url);
  await person.do(workbench.command("onceover.analyzeWorkspace", "Onceover: Analyze Workspace"));
  await expect.poll(() => workbench.dialog().innerText()).toMatch(/\$\d/);
  expect(person.actions()).toBeLessThanOrEqual(6);
  expect(simulator.requests.filter(({ method }) => method === "POST")).toEqual([]);
});
