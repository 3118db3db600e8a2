import type { HostMessage, ReportEntry, ReportFinding } from "../../shared/panelProtocol.ts";
import type { FileStatus } from "../../shared/report.ts";

/** A file as the report knows it. Replaced, never changed: equal references mean equal contents. */
export interface FileGroup {
  readonly path: string;
  /** null: still under review. */
  readonly status: FileStatus | null;
  readonly reason: string | null;
  readonly summary: string | null;
  readonly model: string | null;
  readonly costUsd: number | null;
  readonly findings: readonly ReportFinding[];
  /** Claimed as errors and proved wrong: no findings. */
  readonly refuted: readonly ReportFinding[];
}

export interface Notice {
  readonly level: "info" | "warning" | "error";
  readonly message: string;
}

export interface ReportModel {
  readonly runId: string | null;
  readonly lastSeq: number;
  /** In the order in which they were first heard of; the same array until something is applied. */
  files(): readonly FileGroup[];
  notices(): readonly Notice[];
  /** False when something between is missing: the view should say where it stands and be sent the rest. */
  apply(message: HostMessage & { type: "report" }): boolean;
}

const maxNotices = 20;

export function createReportModel(): ReportModel {
  let runId: string | null = null;
  let lastSeq = 0;
  let groups = new Map<string, FileGroup>();
  let listed: readonly FileGroup[] | null = [];
  let notices: readonly Notice[] = [];

  function startRun(nextRunId: string) {
    runId = nextRunId;
    groups = new Map();
    notices = [];
  }

  function addAll(entries: readonly ReportEntry[]) {
    // Findings of one message are gathered by file: a file with thousands is copied once, not once for each.
    const arrived = new Map<string, Map<string, ReportFinding>>();
    for (const entry of entries) {
      if (entry.type === "notice") {
        notices = [...notices, { level: entry.level, message: entry.message }].slice(-maxNotices);
      } else if (entry.type === "finding") {
        const { path, id } = entry.finding;
        const ofFile = arrived.get(path) ?? byId(groups.get(path));
        // A finding that is sent again is the whole of what was a part; it goes to the end.
        ofFile.delete(id);
        arrived.set(path, ofFile.set(id, entry.finding));
        if (!groups.has(path)) groups.set(path, emptyGroup(path));
      } else {
        settle(entry.path, arrived);
        groups.set(entry.path, withEnd(groups.get(entry.path), entry));
      }
    }
    for (const path of arrived.keys()) settle(path, arrived);
  }

  function settle(path: string, arrived: Map<string, Map<string, ReportFinding>>) {
    const findings = arrived.get(path);
    if (!findings) return;
    groups.set(path, { ...(groups.get(path) ?? emptyGroup(path)), findings: [...findings.values()] });
    arrived.delete(path);
  }

  return {
    get runId() {
      return runId;
    },
    get lastSeq() {
      return lastSeq;
    },
    files: () => (listed ??= [...groups.values()]),
    notices: () => notices,
    apply(message) {
      if (message.fromSeq === 0) startRun(message.runId);
      else if (message.runId !== runId || message.fromSeq !== lastSeq) return false;
      addAll(message.entries);
      listed = null;
      lastSeq = message.toSeq;
      return true;
    },
  };
}

function byId(group: FileGroup | undefined): Map<string, ReportFinding> {
  return new Map(group?.findings.map((finding) => [finding.id, finding]));
}

function withEnd(before: FileGroup | undefined, end: ReportEntry & { type: "file" }): FileGroup {
  return {
    path: end.path,
    status: end.status,
    reason: end.reason ?? before?.reason ?? null,
    summary: end.summary ?? before?.summary ?? null,
    model: end.model,
    costUsd: end.costUsd,
    findings: end.findings ?? before?.findings ?? [],
    refuted: end.refuted ?? before?.refuted ?? [],
  };
}

function emptyGroup(path: string): FileGroup {
  return { path, status: null, reason: null, summary: null, model: null, costUsd: null, findings: [], refuted: [] };
}
