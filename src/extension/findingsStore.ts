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
  /**
   * A person has dismissed them: they stay away also when the run under way, which does not know it, finds them again.
   * Returns how many there were.
   */
  leaveOut(path: string, isGone: (finding: Finding) => boolean): number;
  /** The opposite: those that are not shown are again, at their files. */
  bringBack(findings: readonly Finding[]): void;
  /** A file, or a folder with all of its files, was renamed; `to` null: deleted. */
  moveFiles(from: string, to: string | null): void;
  clear(): void;
  /** Tells which paths changed. */
  onDidChange(listener: (paths: readonly string[]) => void): DisposableLike;
}

interface LeftOut {
  readonly path: string;
  isGone(finding: Finding): boolean;
}

export function createFindingsStore(): FindingsStore {
  const files = new Map<string, FileState>();
  const changes = createListeners<readonly string[]>();
  let scope: "workspace" | "some-files" = "workspace";
  /** Dismissed since the last run began; the next one leaves them out by itself. */
  let leftOut: readonly LeftOut[] = [];

  /** What is shown is just that. */
  let loaded: Report | null = null;

  const isShown = (finding: Finding) => !leftOut.some((one) => one.path === finding.path && one.isGone(finding));
  const put = (file: FileState) => files.set(file.path, { ...file, findings: file.findings.filter(isShown) });
  const tell = (paths: readonly string[]) => {
    loaded = null;
    changes.fire(paths);
  };

  const load = (report: Report) => {
    if (loaded?.files === report.files && loaded.findings === report.findings && scope === "workspace") return;
    const next = statesOf(report);
    const gone = scope === "workspace" ? [...files.keys()].filter((path) => !next.has(path)) : [];
    for (const path of gone) files.delete(path);
    for (const state of next.values()) put(state);
    loaded = scope === "workspace" && leftOut.length === 0 ? report : null;
    changes.fire([...gone, ...next.keys()]);
  };

  return {
    files: () => files,
    beginRun(next) {
      scope = next;
      leftOut = [];
    },
    apply(event) {
      if (event.type === "finding") {
        put(withArrived(files.get(event.finding.path), event.finding));
        tell([event.finding.path]);
      } else if (event.type === "file-end") {
        const { path, status, reason, findings } = event;
        put({ path, status, reason, findings });
        tell([path]);
      } else if (event.type === "run-end") {
        load(event.report);
      }
    },
    load,
    leaveOut(path, isGone) {
      leftOut = [...leftOut, { path, isGone }];
      const file = files.get(path);
      const kept = file?.findings.filter((finding) => !isGone(finding)) ?? [];
      const gone = (file?.findings.length ?? 0) - kept.length;
      if (!file || gone === 0) return 0;
      files.set(path, { ...file, findings: kept });
      tell([path]);
      return gone;
    },
    bringBack(findings) {
      leftOut = leftOut.filter(({ path, isGone }) => !findings.some((one) => one.path === path && isGone(one)));
      const changed = new Set<string>();
      for (const finding of findings) {
        const file = files.get(finding.path);
        if (!file || file.findings.some((one) => one.id === finding.id)) continue;
        files.set(file.path, { ...file, findings: [...file.findings, finding].toSorted(byPlace) });
        changed.add(file.path);
      }
      if (changed.size > 0) tell([...changed]);
    },
    moveFiles(from, to) {
      const moved = [...files.values()].filter(({ path }) => path === from || path.startsWith(`${from}/`));
      const arrived: string[] = [];
      for (const file of moved) {
        files.delete(file.path);
        if (to === null) continue;
        const path = to + file.path.slice(from.length);
        files.set(path, { ...file, path, findings: file.findings.map((finding) => ({ ...finding, path })) });
        arrived.push(path);
      }
      if (moved.length > 0) tell([...moved.map((file) => file.path), ...arrived]);
    },
    clear() {
      const gone = [...files.keys()];
      files.clear();
      scope = "workspace";
      tell(gone);
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

function byPlace(a: Finding, b: Finding): number {
  return a.startLine - b.startLine || a.startColumn - b.startColumn;
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
