/** What is known about each file: one store behind the Problems view and the tree, fed by events and reports. */
import type { RunEvent } from "../shared/events.ts";
import type { FileStatus, Finding, Report } from "../shared/report.ts";
import type { DisposableLike } from "../shared/disposables.ts";
import { createListeners } from "./listeners.ts";

export interface FileState {
  readonly path: string;
  /** `arriving`: its findings stream in, the file has not ended. */
  readonly status: FileStatus | "arriving";
  readonly reason: string | null;
  readonly findings: readonly Finding[];
}

export interface FindingsStore {
  files(): ReadonlyMap<string, FileState>;
  /** Say before a run which files it is about: findings of all others stay as they are. */
  beginRun(scope: "workspace" | "some-files"): void;
  apply(event: RunEvent): void;
  /** Replaces everything, or in a run about some files only theirs. */
  load(report: Report): void;
  clear(): void;
  /** Tells which paths changed. */
  onDidChange(listener: (paths: readonly string[]) => void): DisposableLike;
}

export function createFindingsStore(): FindingsStore {
  const files = new Map<string, FileState>();
  const changes = createListeners<readonly string[]>();
  let scope: "workspace" | "some-files" = "workspace";

  const load = (report: Report) => {
    const next = statesOf(report);
    const gone = scope === "workspace" ? [...files.keys()].filter((path) => !next.has(path)) : [];
    for (const path of gone) files.delete(path);
    for (const [path, state] of next) files.set(path, state);
    changes.fire([...gone, ...next.keys()]);
  };

  return {
    files: () => files,
    beginRun(next) {
      scope = next;
    },
    apply(event) {
      if (event.type === "finding") {
        files.set(event.finding.path, withArrived(files.get(event.finding.path), event.finding));
        changes.fire([event.finding.path]);
      } else if (event.type === "file-end") {
        const { path, status, reason, findings } = event;
        files.set(path, { path, status, reason, findings });
        changes.fire([path]);
      } else if (event.type === "run-end") {
        load(event.report);
      }
    },
    load,
    clear() {
      const gone = [...files.keys()];
      files.clear();
      scope = "workspace";
      changes.fire(gone);
    },
    onDidChange: (listener) => changes.add(listener),
  };
}

/** The first finding of a new review replaces those of the last one; one that comes again has more to it now. */
function withArrived(file: FileState | undefined, finding: Finding): FileState {
  const earlier = file?.status === "arriving" ? file.findings : [];
  const isKnown = earlier.some((one) => one.id === finding.id);
  const findings = isKnown ? earlier.map((one) => (one.id === finding.id ? finding : one)) : [...earlier, finding];
  return { path: finding.path, status: "arriving", reason: null, findings };
}

function statesOf(report: Report): Map<string, FileState> {
  const states = new Map<string, FileState>();
  for (const { path, status, reason } of report.files) states.set(path, { path, status, reason, findings: [] });
  const byPath = Map.groupBy(report.findings, (finding) => finding.path);
  for (const [path, findings] of byPath) {
    const state = states.get(path);
    states.set(path, state ? { ...state, findings } : { path, status: "reviewed", reason: null, findings });
  }
  return states;
}
