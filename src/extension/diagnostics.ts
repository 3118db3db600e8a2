/** The diagnostics collection: what changed is set in batches, never the whole workspace for one finding. */
import * as vscode from "vscode";
import type { Finding, Severity } from "../shared/report.ts";
import { createDisposableStore } from "../shared/disposables.ts";
import { toDiagnosticModel } from "./diagnosticModel.ts";
import type { LiveFindings, LivePlace } from "./editor/liveFindings.ts";
import type { FindingsStore } from "./findingsStore.ts";
import { isShown } from "./settings.ts";
import { createSeverityLookup } from "./severityLookup.ts";
import { createThrottle } from "./throttle.ts";

const BATCH_MS = 100;

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** @param uriOf the file of a reported path; undefined when it is in no folder */
export function registerDiagnostics(
  store: FindingsStore,
  uriOf: (path: string) => vscode.Uri | undefined,
  live: Pick<LiveFindings, "placeOf" | "onDidMove">,
): vscode.Disposable {
  const owned = createDisposableStore();
  const collection = owned.add(vscode.languages.createDiagnosticCollection("onceover"));
  const changed = new Set<string>();
  /** Where diagnostics stand now: after a change of folders a path may mean another file. */
  const shownAt = new Map<string, vscode.Uri>();

  const flush = () => {
    const minimum = createSeverityLookup(uriOf);
    const entries: [vscode.Uri, vscode.Diagnostic[] | undefined][] = [];
    for (const path of changed) {
      const before = shownAt.get(path);
      const uri = uriOf(path);
      const findings = uri ? (store.files().get(path)?.findings ?? []) : [];
      const shown = findings.filter((finding) => uri && isShown(finding.severity, minimum(path)));
      if (before) entries.push([before, undefined]);
      shownAt.delete(path);
      if (!uri || shown.length === 0) continue;
      shownAt.set(path, uri);
      entries.push([uri, shown.map((finding) => toDiagnostic(finding, live.placeOf(finding)))]);
    }
    changed.clear();
    if (entries.length > 0) collection.set(entries);
  };

  const throttle = owned.add(createThrottle(BATCH_MS, flush));
  const ask = (paths: Iterable<string>) => {
    for (const path of paths) changed.add(path);
    if (changed.size > 0) throttle.request();
  };
  owned.add(store.onDidChange(ask));
  owned.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("onceover.minimumSeverity")) ask(store.files().keys());
    }),
  );
  owned.add(live.onDidMove((path) => ask([path])));
  ask(store.files().keys());
  return owned;
}

function toDiagnostic(finding: Finding, { range, isStale }: LivePlace): vscode.Diagnostic {
  const { message, severity, code } = toDiagnosticModel(finding, isStale);
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = "onceover";
  diagnostic.code = code;
  return diagnostic;
}
