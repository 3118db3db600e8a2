// What people read in another language: a real VS Code in German.
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Editor, meter, openEditor } from "../support/vscode/openEditor.ts";
import type { Workbench } from "../support/vscode/workbench.ts";

const patience = { timeout: 60_000 };
/** Pictures to look at are left here. */
const pictures = process.env["LANGUAGE_PICTURES"];

describe("VS Code in German", () => {
  let editor: Editor;
  let workbench: Workbench;

  beforeAll(async () => {
    editor = await openEditor({
      corpus: "node-gyp",
      // What VS Code's language packs set. Without a pack the workbench's own texts stay English; its extensions' do not.
      preparePage: (page) =>
        page.addInitScript(() => {
          Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => "de", set: () => {} });
        }),
    });
    ({ workbench } = editor);
  });

  afterAll(() => editor?.dispose());

  test("speaks it in commands, views, the status bar, questions and the panel", async () => {
    await workbench.command("onceover.analyzeWorkspace", "Onceover: Arbeitsbereich analysieren");
    await expect.poll(() => workbench.statusText(meter), patience).toMatch(/^\d+ Befunde? · offline$/);
    await workbench.command("onceover.showPerformance", "Onceover: Leistung anzeigen");
    const panel = await workbench.webview("section.run");
    await panel.getByRole("heading", { name: "Abgeschlossen" }).waitFor();
    await panel.getByRole("button", { name: "Erneut analysieren" }).waitFor();
    await workbench.command("onceover.chooseModel", "Onceover: Modell auswählen…");
    await workbench.page.getByText("Was prüft diesen Arbeitsbereich?").waitFor();
    if (pictures) await workbench.page.screenshot({ path: path.join(pictures, "workbench-de.png") });
  });
});
