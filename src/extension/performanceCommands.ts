/** Commands around the performance panel that are rare enough to be loaded only when they are used. */
import fs from "node:fs";
import { pipeline } from "node:stream/promises";
import v8 from "node:v8";
import * as vscode from "vscode";
import { t } from "../shared/localize.ts";
import { figuresCsv, figuresMarkdown, runFigures } from "../shared/runFigures.ts";
import type { RunView } from "../shared/runView.ts";
import type { RunWatch } from "./runWatch.ts";
import { saveFile, writeText } from "./savedFile.ts";

/** @param watch undefined: there was no run in this window */
export async function exportTrace(watch: RunWatch | undefined): Promise<void> {
  const trace = watch?.trace() ?? null;
  if (!trace) {
    const text = t("There is nothing to trace yet: a trace tells of the last run in this window.");
    return void vscode.window.showInformationMessage(text);
  }
  await saveFile({
    title: t("Export Trace"),
    name: `onceover-trace-${stampOf(new Date())}.json`,
    kind: t("Chrome trace"),
    write: writeText(JSON.stringify(trace)),
  });
}

/** The snapshot holds all that is in memory: it is asked first, and never written anywhere by itself. */
export async function saveHeapSnapshot(): Promise<void> {
  const go = t("Save Heap Snapshot…");
  const answer = await vscode.window.showWarningMessage(
    t("A heap snapshot holds all that is in this window's extension host."),
    {
      modal: true,
      detail: t(
        "Contents of files, findings and keys of all extensions are in it: do not pass it on lightly. While it is made the extensions of this window stand still, for some seconds.",
      ),
    },
    go,
  );
  if (answer !== go) return;
  await saveFile({
    title: t("Save Heap Snapshot"),
    name: `onceover-${stampOf(new Date())}.heapsnapshot`,
    kind: t("Heap snapshot"),
    write: (target) => {
      if (target.scheme !== "file")
        throw new Error(t("It can only be saved on the machine that the extension runs on."));
      const options = { location: vscode.ProgressLocation.Notification, title: t("Saving the heap snapshot…") };
      return vscode.window.withProgress(options, () => writeSnapshot(target.fsPath));
    },
  });
}

async function writeSnapshot(file: string): Promise<void> {
  try {
    // For nobody else on this machine.
    await pipeline(v8.getHeapSnapshot(), fs.createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  }
}

const two = (value: number) => String(value).padStart(2, "0");

/** `2026-11-21-0930`, in the user's own time. */
function stampOf(now: Date): string {
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}`;
}

/** @param view null: no run is known */
export async function exportFigures(view: RunView | null): Promise<void> {
  if (!view || view.coverage.files === 0) {
    return void vscode.window.showInformationMessage(t("There is no run yet. Analyze the workspace first."));
  }
  const items = [
    { label: "CSV", detail: t("For spreadsheets: one figure a line, with its unit."), extension: "csv" },
    { label: "Markdown", detail: t("To read and to share: one table."), extension: "md" },
  ] as const;
  const chosen = await vscode.window.showQuickPick(items, { title: t("Export Figures") });
  if (!chosen) return;
  const figures = runFigures(view);
  const text = chosen.extension === "csv" ? figuresCsv(figures) : figuresMarkdown(figures);
  const name = `onceover-figures-${stampOf(new Date(view.startedAt))}.${chosen.extension}`;
  await saveFile({ title: t("Export Figures"), name, kind: chosen.label, write: writeText(text) });
}
