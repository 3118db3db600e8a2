/** What people do with the findings tree and between findings; loaded with the first of it. */
import * as vscode from "vscode";
import { categoryName } from "../shared/categoryName.ts";
import { t, tCount } from "../shared/localize.ts";
import type { Finding, Severity } from "../shared/report.ts";
import { groupingLabel, groupings, NO_FILTER, type FindingsFilter } from "./findingsFilter.ts";
import { findingsAsMarkdown } from "./findingsAsMarkdown.ts";
import { findingsInOrder } from "./findingsModel.ts";
import type { FindingsStore } from "./findingsStore.ts";
import type { FindingsTree } from "./findingsTree.ts";
import { chosenRows, findingsOf, pathOf, pathsOf } from "./chosenRows.ts";
import { findingAt, staysWithin, stepFinding, touches, type Cursor, type Passage } from "./nextFinding.ts";
import { oneLine } from "./oneLine.ts";
import { severityWord } from "./severityWord.ts";
import { pathOfUri, uriOfPath } from "./workspaceInputs.ts";

const SHOWN_FOR_MS = 5_000;

export interface FindingsActions {
  group(): Promise<void>;
  filter(): Promise<void>;
  step(direction: 1 | -1): Promise<void>;
  /**
   * Goes to the first finding that touches the passage; steps stay with those until the cursor leaves it.
   * Returns how many there are.
   */
  stepWithin(passage: Passage): Promise<number>;
  /** Shows the row of the finding at the cursor. */
  reveal(): Promise<void>;
  copyMarkdown(row: unknown, selected: unknown): Promise<void>;
  copyPath(row: unknown, selected: unknown): Promise<void>;
  openToSide(row: unknown): Promise<void>;
  /** The files that rows are about. */
  pathsOf(row: unknown, selected: unknown): readonly string[];
}

export function createFindingsActions(tree: FindingsTree, store: FindingsStore): FindingsActions {
  let last: Finding | undefined;
  let passage: Passage | undefined;
  const goTo = async (findings: readonly Finding[], index: number) => {
    const finding = findings[index];
    if (!finding) return say(t("No findings are shown."));
    last = finding;
    await open(finding);
    await tree.reveal(finding);
    const place = [index + 1, findings.length, oneLine(finding.title)] as const;
    say(passage ? t("Finding {0} of {1} in the selection: {2}", ...place) : t("Finding {0} of {1}: {2}", ...place));
  };
  return {
    group: () => chooseGrouping(tree),
    filter: () => chooseFilter(tree, store),
    async step(direction) {
      const cursor = cursorOfEditor();
      if (passage && !staysWithin(passage, cursor, last)) passage = undefined;
      const all = findingsInOrder(await tree.model());
      const findings = passage ? findingsWithin(all, passage) : all;
      await goTo(findings, stepFinding(findings, direction, cursor, last));
    },
    async stepWithin(next) {
      const findings = findingsWithin(findingsInOrder(await tree.model()), next);
      passage = findings.length > 0 ? next : undefined;
      if (passage) await goTo(findings, 0);
      return findings.length;
    },
    async reveal() {
      const cursor = cursorOfEditor();
      const finding = cursor && findingAt(findingsInOrder(await tree.model()), cursor);
      if (!finding) return say(t("No finding is shown at the cursor."));
      await tree.reveal(finding);
    },
    async copyMarkdown(row, selected) {
      await vscode.env.clipboard.writeText(findingsAsMarkdown(findingsOf(chosenRows(row, selected))));
    },
    async copyPath(row, selected) {
      await vscode.env.clipboard.writeText(pathsOf(chosenRows(row, selected)).join("\n"));
    },
    async openToSide(row) {
      const [chosen] = chosenRows(row, undefined);
      const uri = chosen && uriOfPath(pathOf(chosen) ?? "");
      const selection = chosen?.kind === "finding" ? { selection: rangeOf(chosen.finding) } : {};
      if (uri) await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, ...selection });
    },
    pathsOf: (row, selected) => pathsOf(chosenRows(row, selected)),
  };
}

/** In the order of their places: a selection is read from its top. */
function findingsWithin(all: readonly Finding[], passage: Passage): readonly Finding[] {
  return all
    .filter((finding) => touches(finding, passage))
    .toSorted((a, b) => a.startLine - b.startLine || a.startColumn - b.startColumn);
}

/** Read by screen readers too, as the status bar announces its messages. */
function say(text: string): void {
  vscode.window.setStatusBarMessage(text, SHOWN_FOR_MS);
}

async function chooseGrouping(tree: FindingsTree): Promise<void> {
  const current = tree.grouping();
  const items = groupings.map((grouping) => {
    const mark = grouping === current ? "$(check) " : "";
    return { label: mark + groupingLabel(grouping), grouping };
  });
  const chosen = await vscode.window.showQuickPick(items, { title: t("Group findings by") });
  if (chosen) await tree.group(chosen.grouping);
}

const severities: readonly Severity[] = ["error", "warning", "info"];

interface FilterItem extends vscode.QuickPickItem {
  readonly part?: Partial<FindingsFilter>;
}

/** Two steps: words to look for, then a list in which what is picked narrows. */
async function chooseFilter(tree: FindingsTree, store: FindingsStore): Promise<void> {
  const current = tree.filter();
  const text = await vscode.window.showInputBox({
    title: t("Filter findings (1/2)"),
    prompt: t("Words in title, path or rule. Empty: all."),
    value: current.text,
  });
  if (text === undefined) return;
  const items = filterItems(current, store);
  const picked = await vscode.window.showQuickPick(items, {
    title: t("Filter findings (2/2)"),
    placeHolder: t("Nothing picked of a kind: all of it."),
    canPickMany: true,
  });
  if (!picked) return;
  const parts = picked.flatMap((item) => item.part ?? []);
  await tree.setFilter({
    ...NO_FILTER,
    text,
    severities: parts.flatMap((part) => part.severities ?? []),
    categories: parts.flatMap((part) => part.categories ?? []),
    sources: parts.flatMap((part) => part.sources ?? []),
  });
}

const heading = (label: string): FilterItem => ({ label, kind: vscode.QuickPickItemKind.Separator });

function filterItem(name: string, picked: boolean, part: Partial<FindingsFilter>, count: number): FilterItem {
  return { label: oneLine(name), picked, part, description: tCount(count, "{0} finding", "{0} findings") };
}

function filterItems(current: FindingsFilter, store: FindingsStore): FilterItem[] {
  const all = [...store.files().values()].flatMap((file) => file.findings);
  const categories = [...new Set(all.map((finding) => finding.category))].toSorted();
  const count = (test: (finding: Finding) => boolean) => all.filter(test).length;
  return [
    heading(t("Severity")),
    ...severities.map((one) =>
      filterItem(
        severityWord(one),
        current.severities.includes(one),
        { severities: [one] },
        count(({ severity }) => severity === one),
      ),
    ),
    heading(t("Source")),
    ...(["offline", "model"] as const).map((one) =>
      filterItem(
        one === "offline" ? t("offline") : t("model"),
        current.sources.includes(one),
        { sources: [one] },
        count(({ source }) => source === one),
      ),
    ),
    heading(t("Category")),
    ...categories.map((one) =>
      filterItem(
        categoryName(one),
        current.categories.includes(one),
        { categories: [one] },
        count(({ category }) => category === one),
      ),
    ),
  ];
}

function cursorOfEditor(): Cursor | undefined {
  const editor = vscode.window.activeTextEditor;
  const path = editor && pathOfUri(editor.document.uri);
  if (!editor || path === undefined) return undefined;
  const { start } = editor.selection;
  return { path, line: start.line + 1, column: start.character + 1 };
}

function rangeOf({ startLine, startColumn, endLine, endColumn }: Finding): vscode.Range {
  return new vscode.Range(startLine - 1, startColumn - 1, endLine - 1, endColumn - 1);
}

async function open(finding: Finding): Promise<void> {
  const uri = uriOfPath(finding.path);
  if (uri) await vscode.window.showTextDocument(uri, { preview: true, selection: rangeOf(finding) });
}
