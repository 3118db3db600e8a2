/** The findings tree. What a row says is decided in findingsLabels.ts, what rows there are in findingsModel.ts. */
import * as vscode from "vscode";
import { createDisposableStore } from "../shared/disposables.ts";
import type { Finding, Severity } from "../shared/report.ts";
import { groupings, isFiltering, NO_FILTER, type FindingsFilter, type Grouping } from "./findingsFilter.ts";
import { describeRow } from "./findingsLabels.ts";
import { createFindingsIndex, PORTION } from "./findingsIndex.ts";
import type { BranchName, FindingsModel, FindingsNode } from "./findingsModel.ts";
import { createRows } from "./findingsRows.ts";
import type { FindingsStore } from "./findingsStore.ts";
import type { WorkspaceMemory } from "./memory.ts";
import type { RunMirror } from "./runMirror.ts";
import { isShown } from "./settings.ts";
import { createSeverityLookup } from "./severityLookup.ts";
import { createThrottle } from "./throttle.ts";
import { treeSummary } from "./treeSummary.ts";
import type { UnsavedFiles } from "./unsavedFiles.ts";

const UPDATE_EVERY_MS = 250;

export interface FindingsTreeOptions {
  readonly store: FindingsStore;
  readonly mirror: RunMirror;
  readonly unsaved: UnsavedFiles;
  readonly uriOf: (path: string) => vscode.Uri | undefined;
  readonly memory: Pick<WorkspaceMemory, "grouping" | "saveGrouping" | "filter" | "saveFilter">;
}

/** What the commands of the tree work with. */
export interface FindingsTree extends vscode.Disposable {
  /** As the rows are once everything that is known by now is shown. */
  model(): Promise<FindingsModel>;
  grouping(): Grouping;
  group(by: Grouping): Promise<void>;
  filter(): FindingsFilter;
  setFilter(filter: FindingsFilter): Promise<void>;
  clearFilter(): Promise<void>;
  /** Shows more of what stands below a row; the argument is what its "Show more" was given. */
  showMore(within: unknown): void;
  /** Shows and selects the row of a finding; the editor keeps the focus. Does nothing when the row is not shown. */
  reveal(finding: Finding): Promise<void>;
}

export function registerFindingsTree(options: FindingsTreeOptions): FindingsTree {
  const { store, mirror, unsaved, uriOf, memory } = options;
  const owned = createDisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  let model: FindingsModel | undefined;
  let filter: FindingsFilter = { ...NO_FILTER, ...memory.filter() };
  let grouping = groupings.find((one) => one === memory.grouping()) ?? "file";
  // Rows are asked for by identity when one is revealed.
  const rows = createRows();
  const items = new WeakMap<FindingsNode, vscode.TreeItem>();

  const newIndex = () => {
    const minimum = createSeverityLookup(uriOf);
    return createFindingsIndex(store.files(), {
      isShown: (finding) => isShown(finding.severity, minimum(finding.path)),
      isUnsaved: (path) => unsaved.has(path),
      grouping,
      filter,
    });
  };
  let index = newIndex();
  const provider: vscode.TreeDataProvider<FindingsNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => [...(node ? rows.childrenOf(node) : rows.top((model ?? (await settled())).roots))],
    getParent: (node) => rows.parentOf(node),
    getTreeItem(node) {
      const item = items.get(node) ?? toTreeItem(node, uriOf);
      items.set(node, item);
      return item;
    },
  };
  const tree = owned.add(
    vscode.window.createTreeView("onceover.findings", {
      treeDataProvider: provider,
      showCollapseAll: true,
      canSelectMany: true,
    }),
  );

  // After a crash of the extension host the window still shows the badge from before, and taking away one that this
  // host has never set would not reach it.
  tree.badge = { value: 0, tooltip: "" };

  const show = (next: FindingsModel) => {
    model = next;
    const summary = treeSummary(mirror.shown(), mirror.isActive(), model, unsaved.count());
    tree.description = summary.description;
    // Not `delete`: it would take away the setter itself, and no later message would be shown.
    tree.message = summary.message ?? "";
    tree.badge = model.errors > 0 ? { value: model.errors, tooltip: summary.badge } : undefined;
    changed.fire();
    return model;
  };
  let working: Promise<FindingsModel> | undefined;
  const end = new AbortController();
  const work = async () => {
    // The index is another one when grouping or filter change meanwhile; until it has looked at all, the rows stay.
    while (!index.advance(PORTION) && !end.signal.aborted) await nextTask();
    return end.signal.aborted ? NOTHING : show(index.model());
  };
  const update = () => {
    unsaved.refresh();
    working ??= work().finally(() => {
      working = undefined;
    });
    return working;
  };
  const throttle = owned.add(createThrottle(UPDATE_EVERY_MS, () => void update()));
  const refresh = () => throttle.request();
  const touch = (paths: readonly string[]) => {
    index.touch(paths);
    refresh();
  };
  const settled = async () => {
    throttle.flush();
    return working ?? model ?? update();
  };
  const lookAnew = () => {
    index = newIndex();
    return update();
  };
  owned.add(store.onDidChange(touch));
  owned.add(mirror.onDidChange(refresh));
  owned.add(unsaved.onDidChange(touch));
  owned.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("onceover.minimumSeverity")) void lookAnew();
    }),
  );
  // It is loaded after the window has started: something may have been found by then.
  if (store.files().size > 0 || mirror.isActive()) refresh();
  const tellFiltered = () => vscode.commands.executeCommand("setContext", "onceover.filtered", isFiltering(filter));
  void tellFiltered();
  const setFilter = async (next: FindingsFilter) => {
    filter = next;
    void tellFiltered();
    await Promise.all([lookAnew(), memory.saveFilter(next)]);
  };
  return {
    dispose() {
      end.abort();
      owned.dispose();
    },
    model: settled,
    grouping: () => grouping,
    async group(by) {
      grouping = by;
      await Promise.all([lookAnew(), memory.saveGrouping(by)]);
    },
    filter: () => filter,
    setFilter,
    clearFilter: () => setFilter(NO_FILTER),
    showMore(within) {
      if (typeof within !== "string") return;
      rows.openPage(within);
      changed.fire();
    },
    async reveal(finding) {
      const before = rows.pages();
      const row = rows.find((await settled()).roots, finding);
      if (rows.pages() !== before) changed.fire();
      if (row) await tree.reveal(row, { select: true, focus: false, expand: false });
    },
  };
}

const NOTHING: FindingsModel = { roots: [], findings: 0, unfiltered: 0, isFiltered: false, errors: 0 };

function nextTask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const severityIcons: Readonly<Record<Severity, vscode.ThemeIcon>> = {
  error: new vscode.ThemeIcon("error", new vscode.ThemeColor("problemsErrorIcon.foreground")),
  warning: new vscode.ThemeIcon("warning", new vscode.ThemeColor("problemsWarningIcon.foreground")),
  info: new vscode.ThemeIcon("info", new vscode.ThemeColor("problemsInfoIcon.foreground")),
};

const branchIcons: Readonly<Record<BranchName, vscode.ThemeIcon>> = {
  pending: new vscode.ThemeIcon("clock", new vscode.ThemeColor("problemsWarningIcon.foreground")),
  failed: new vscode.ThemeIcon("error", new vscode.ThemeColor("problemsErrorIcon.foreground")),
  skipped: new vscode.ThemeIcon("circle-slash"),
};

const groupIcons = { folder: vscode.ThemeIcon.Folder, category: new vscode.ThemeIcon("tag") };

function toTreeItem(node: FindingsNode, uriOf: (path: string) => vscode.Uri | undefined): vscode.TreeItem {
  const { id, label, description, tooltip, spoken } = describeRow(node);
  const collapsible = node.kind === "file" || node.kind === "branch" || node.kind === "group";
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, collapsible ? Collapsed : None);
  item.id = id;
  item.description = description;
  item.tooltip = tooltip;
  item.accessibilityInformation = { label: spoken };
  item.contextValue = contextValueOf(node);
  dress(item, node, uriOf);
  return item;
}

/** What menus tell rows apart by. */
function contextValueOf(node: FindingsNode): string {
  if (node.kind === "branch") return `branch.${node.name}`;
  return node.kind === "group" ? `group.${node.by}` : node.kind;
}

function dress(item: vscode.TreeItem, node: FindingsNode, uriOf: (path: string) => vscode.Uri | undefined): void {
  if (node.kind === "group") {
    item.iconPath = node.by === "severity" ? severityIcons[node.name as Severity] : groupIcons[node.by];
  } else if (node.kind === "branch") {
    item.iconPath = branchIcons[node.name];
  } else if (node.kind === "finding") {
    item.iconPath = severityIcons[node.finding.severity];
    const uri = uriOf(node.finding.path);
    if (uri) item.command = openCommand(uri, node.finding);
  } else if (node.kind === "rest") {
    item.iconPath = new vscode.ThemeIcon("unfold");
    item.command = { title: "", command: "onceover.showMoreRows", arguments: [node.within] };
  } else if (node.kind === "file" || node.kind === "entry") {
    const uri = uriOf(node.kind === "file" ? node.path : node.file.path);
    item.iconPath = vscode.ThemeIcon.File;
    // The file's own icon, and the colour and count that VS Code gives to files with problems.
    if (uri) item.resourceUri = uri;
    if (uri && node.kind === "entry") item.command = openCommand(uri);
  }
}

interface Place {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function openCommand(uri: vscode.Uri, place?: Place): vscode.Command {
  const selection =
    place && new vscode.Range(place.startLine - 1, place.startColumn - 1, place.endLine - 1, place.endColumn - 1);
  const options: vscode.TextDocumentShowOptions = { preview: true, ...(selection ? { selection } : {}) };
  return { title: "Open", command: "vscode.open", arguments: [uri, options] };
}
