/** Where findings stand in open documents, edit by edit. A document that is closed without saving forgets its edits. */
import * as vscode from "vscode";
import { createDisposableStore, type DisposableLike } from "../../shared/disposables.ts";
import type { Finding } from "../../shared/report.ts";
import { toDiagnosticModel } from "../diagnosticModel.ts";
import type { FindingsStore } from "../findingsStore.ts";
import { createListeners } from "../listeners.ts";
import { followChanges, trackRange, type TrackedRange } from "./trackedRange.ts";

export interface LivePlace {
  readonly range: vscode.Range;
  /** The quoted code was edited. */
  readonly isStale: boolean;
}

export interface LiveFindings extends vscode.Disposable {
  placeOf(finding: Finding): LivePlace;
  /** Findings of that file stand elsewhere now. */
  onDidMove(listener: (path: string) => void): DisposableLike;
}

interface LiveFindingsOptions {
  readonly store: FindingsStore;
  readonly pathOf: (uri: vscode.Uri) => string | undefined;
}

interface State {
  /** While its document is open. */
  tracked: TrackedRange | undefined;
  place: LivePlace;
  /** What is true of the file on disk. */
  saved: LivePlace;
}

export function createLiveFindings({ store, pathOf }: LiveFindingsOptions): LiveFindings {
  const owned = createDisposableStore();
  const moves = createListeners<string>();
  const documents = new Map<string, vscode.TextDocument>();
  /** By object: a review brings new ones, and with them new places. */
  const states = new WeakMap<Finding, State>();

  const stateOf = (finding: Finding): State => {
    const known = states.get(finding);
    if (known) return known;
    const place = { range: reportedRange(finding), isStale: false };
    const state: State = { tracked: undefined, place, saved: place };
    states.set(finding, state);
    return state;
  };
  const track = (finding: Finding, document: vscode.TextDocument): State => {
    const state = stateOf(finding);
    if (state.tracked) return state;
    const start = document.offsetAt(state.place.range.start);
    const end = document.offsetAt(state.place.range.end);
    state.tracked = state.place.isStale
      ? { start, end, isStale: true, lead: 0 }
      : trackRange(document.getText(), quoteIn(document, finding), start);
    state.place = placeIn(document, state.tracked);
    return state;
  };
  const findingsOf = (path: string) => store.files().get(path)?.findings ?? [];

  const open = (document: vscode.TextDocument) => {
    const path = pathOf(document.uri);
    if (path === undefined) return;
    documents.set(path, document);
    if (findingsOf(path).length > 0) moves.fire(path);
  };
  const change = ({ document, contentChanges }: vscode.TextDocumentChangeEvent) => {
    const path = contentChanges.length === 0 ? undefined : pathOf(document.uri);
    const findings = path === undefined ? [] : findingsOf(path);
    if (path === undefined || findings.length === 0) return;
    const changes = contentChanges.map((one) => ({
      offset: one.rangeOffset,
      removedLength: one.rangeLength,
      text: one.text,
    }));
    let text: string | undefined;
    const whole = () => (text ??= document.getText());
    for (const finding of findings) {
      const state = stateOf(finding);
      // Without a place before the edit, it is looked for in the text after it.
      if (state.tracked) {
        state.tracked = followChanges(state.tracked, quoteIn(document, finding), changes, whole);
        state.place = placeIn(document, state.tracked);
      } else track(finding, document);
    }
    moves.fire(path);
  };
  const save = (document: vscode.TextDocument) => {
    for (const finding of findingsOf(pathOf(document.uri) ?? "")) {
      const state = stateOf(finding);
      state.saved = state.place;
    }
  };
  const close = (document: vscode.TextDocument) => {
    const path = pathOf(document.uri);
    if (path === undefined || !documents.delete(path)) return;
    for (const finding of findingsOf(path)) {
      const state = stateOf(finding);
      state.tracked = undefined;
      state.place = state.saved;
    }
    moves.fire(path);
  };

  owned.add(vscode.workspace.onDidOpenTextDocument(open));
  owned.add(vscode.workspace.onDidChangeTextDocument(change));
  owned.add(vscode.workspace.onDidSaveTextDocument(save));
  owned.add(vscode.workspace.onDidCloseTextDocument(close));
  const openAll = () => {
    documents.clear();
    for (const document of vscode.workspace.textDocuments) open(document);
  };
  // The same file may have another path then.
  owned.add(vscode.workspace.onDidChangeWorkspaceFolders(openAll));
  openAll();
  return {
    placeOf(finding) {
      const document = documents.get(finding.path);
      return (document ? track(finding, document) : stateOf(finding)).place;
    },
    onDidMove: (listener) => moves.add(listener),
    dispose: () => owned.dispose(),
  };
}

function reportedRange(finding: Finding): vscode.Range {
  const { startLine, startCharacter, endLine, endCharacter } = toDiagnosticModel(finding).range;
  return new vscode.Range(startLine, startCharacter, endLine, endCharacter);
}

function placeIn(document: vscode.TextDocument, { start, end, isStale }: TrackedRange): LivePlace {
  return { range: new vscode.Range(document.positionAt(start), document.positionAt(end)), isStale };
}

/** A document has one kind of line break, whatever the file mixes. */
export function quoteIn(document: vscode.TextDocument, finding: Finding): string {
  return finding.quote.replaceAll(/\r?\n/g, document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n");
}
