// As much of the editor's interface as the extension's activation asks for: nothing of it does anything. Plain
// JavaScript, so that no type stripper is loaded into the process that is being measured.
const disposable = () => ({ dispose() {} });
const event = disposable;

/** How many commands were registered: an activation that does nothing would be fast. */
export const counts = { commands: 0 };

const views = new Set(["onceover.findings", "onceover.performance"]);
const { promise, resolve } = Promise.withResolvers();
/** Both of the extension's views are there. */
export const whenRegistered = promise;

function registered(view) {
  views.delete(view);
  if (views.size === 0) resolve();
}

export class EventEmitter {
  event = event;
  fire() {}
  dispose() {}
}

export function ThemeColor() {}
export function MarkdownString() {}
export function TabInputText() {}
export function ThemeIcon() {}
export function TreeItem() {}
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const Uri = { file: (path) => ({ path }), from: (parts) => parts, joinPath: (base) => base };
export const l10n = { bundle: undefined };
export const env = { language: "en" };

export const commands = {
  registerCommand() {
    counts.commands += 1;
    return disposable();
  },
  executeCommand: async () => undefined,
};

const logger = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, show() {}, dispose() {} };

export const window = {
  createOutputChannel: () => logger,
  createStatusBarItem: () => ({ show() {}, hide() {}, dispose() {} }),
  createTreeView(view) {
    registered(view);
    return { onDidChangeVisibility: event, onDidChangeSelection: event, visible: false, dispose() {} };
  },
  registerWebviewViewProvider(view) {
    registered(view);
    return disposable();
  },
  registerFileDecorationProvider: disposable,
  registerWebviewPanelSerializer: disposable,
  tabGroups: { all: [], onDidChangeTabs: event },
};

export const workspace = {
  isTrusted: true,
  textDocuments: [],
  workspaceFolders: [],
  getConfiguration: () => ({ get: (_name, fallback) => fallback, inspect: () => undefined }),
  registerTextDocumentContentProvider: disposable,
  onDidChangeConfiguration: event,
  onDidChangeTextDocument: event,
  onDidChangeWorkspaceFolders: event,
  onDidCloseTextDocument: event,
  onDidGrantWorkspaceTrust: event,
  onDidSaveTextDocument: event,
};
