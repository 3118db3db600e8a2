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
}

export interface Notice {
  readonly level: "info" | "warning" | "error";
  readonly message: string;
}

export interface ReportModel {
  readonly runId: string | null;
  readonly lastSeq: number;
  /** In the order in which they were first heard of. */
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
  let notices: readonly Notice[] = [];

  function startRun(nextRunId: string) {
    runId = nextRunId;
    groups = new Map();
    notices = [];
  }

  function add(entry: ReportEntry) {
    switch (entry.type) {
      case "notice":
        notices = [...notices, { level: entry.level, message: entry.message }].slice(-maxNotices);
        return;
      case "finding":
        groups.set(entry.finding.path, withFinding(groups.get(entry.finding.path), entry.finding));
        return;
      case "file":
        groups.set(entry.path, withEnd(groups.get(entry.path), entry));
    }
  }

  return {
    get runId() {
      return runId;
    },
    get lastSeq() {
      return lastSeq;
    },
    files: () => [...groups.values()],
    notices: () => notices,
    apply(message) {
      if (message.fromSeq === 0) startRun(message.runId);
      else if (message.runId !== runId || message.fromSeq !== lastSeq) return false;
      message.entries.forEach(add);
      lastSeq = message.toSeq;
      return true;
    },
  };
}

function withFinding(before: FileGroup | undefined, finding: ReportFinding): FileGroup {
  const group = before ?? emptyGroup(finding.path);
  const others = group.findings.filter((one) => one.id !== finding.id);
  return { ...group, findings: [...others, finding] };
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
  };
}

function emptyGroup(path: string): FileGroup {
  return { path, status: null, reason: null, summary: null, model: null, costUsd: null, findings: [] };
}
