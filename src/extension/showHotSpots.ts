/** Where to look first in an unfamiliar workspace: a list to type into, from which files are opened. */
import * as vscode from "vscode";
import type { HotSpot, HotSpots } from "../core/engine.ts";
import { formatCount } from "../shared/format.ts";
import { t, tCount } from "../shared/localize.ts";
import { oneLine } from "./oneLine.ts";

interface HotSpotItem extends vscode.QuickPickItem {
  readonly path?: string;
}

/** More than anybody looks through; typing narrows it. */
const MOST_SPOTS = 200;
const MOST_CYCLES = 20;
const SHOWN_IN_CYCLE = 4;

export interface HotSpotsParts {
  /** Free, and nothing is sent. */
  readonly find: (signal: AbortSignal) => Promise<HotSpots>;
  /** By path as reported. */
  readonly uriOf: (path: string) => vscode.Uri | undefined;
}

export async function showHotSpots({ find, uriOf }: HotSpotsParts): Promise<void> {
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t("Looking for hot spots"), cancellable: true },
    async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return find(abort.signal).catch((error: unknown) => {
        if (abort.signal.aborted) return undefined;
        throw error;
      });
    },
  );
  if (!found) return;
  const picked = await vscode.window.showQuickPick<HotSpotItem>(itemsOf(found), {
    title: t("Hot Spots"),
    placeHolder: t("Where to look first: complex, often changed, used by many. Choose a file to open it."),
    matchOnDetail: true,
  });
  const uri = picked?.path === undefined ? undefined : uriOf(picked.path);
  if (uri) await vscode.window.showTextDocument(uri, { preview: true });
}

function itemsOf({ spots, cycles }: HotSpots): HotSpotItem[] {
  const items = spots.slice(0, MOST_SPOTS).map(spotItem);
  if (items.length === 0) return [{ label: t("No source file in a language that Onceover reads was found.") }];
  if (cycles.length === 0) return items;
  return [
    ...items,
    { label: t("Files that use each other in a circle"), kind: vscode.QuickPickItemKind.Separator },
    ...cycles.slice(0, MOST_CYCLES).map(cycleItem),
  ];
}

function spotItem(spot: HotSpot): HotSpotItem {
  const { path, cognitiveComplexity, lines, importers, commits, sinks } = spot;
  const facts = [
    sinks.length > 0 ? t("security findings: {0}", sinks.join(", ")) : "",
    cognitiveComplexity > 0 ? t("most complex function {0}", formatCount(cognitiveComplexity)) : "",
    tCount(lines, "{0} line", "{0} lines"),
    importers > 0 ? tCount(importers, "used by {0} file", "used by {0} files") : "",
    commits ? tCount(commits, "changed once in a year", "changed {0} times in a year") : "",
  ];
  return {
    path,
    label: oneLine(path),
    detail: facts.filter((fact) => fact !== "").join(" · "),
    iconPath: new vscode.ThemeIcon(spot.level === "complex" ? "flame" : "file-code"),
  };
}

function cycleItem(cycle: readonly string[]): HotSpotItem {
  const rest = cycle.length - SHOWN_IN_CYCLE;
  const named = cycle.slice(0, SHOWN_IN_CYCLE).map(oneLine).join(" ↔ ");
  return {
    path: cycle[0]!,
    label: rest > 0 ? t("{0} and {1} more", named, formatCount(rest)) : named,
    iconPath: new vscode.ThemeIcon("sync"),
  };
}
