/** What became of each file of a run. A file ends once: when nothing of it is outstanding, or when the run stops. */
import type { FileReport, FileStatus, Finding, Severity } from "../../shared/report.ts";
import type { ContentFinding } from "../offline/analysis.ts";
import type { PlannedFile, PlannedUnit } from "../store/plan.ts";
import type { StoredReview, UnitFinding } from "../store/storedReview.ts";
import type { Emit } from "./emitter.ts";
import { fingerprintFindings } from "./fingerprint.ts";
import { missReasonOf } from "./missReason.ts";
import { unchecked, withLooks } from "./refuter/claims.ts";
import { afterLooking, partitionRefuted, whileLooking } from "./refuter/shownLook.ts";
import { severityAtPath } from "./severityAtPath.ts";
import type { HiddenFinding, Suppress } from "./suppression/suppress.ts";

export interface UnitOutcome {
  readonly review: StoredReview | null;
  /** Why there is none. */
  readonly failure: string | null;
  /** Why its answer is yet to come; missing: it is not. */
  readonly pending?: string;
  /** True when nothing was paid for it in this run. */
  readonly fromCache: boolean;
  /** null: unknown. */
  readonly costUsd: number | null;
}

interface OpenFile {
  readonly planned: PlannedFile;
  /** When work on it began; undefined: it waits. */
  startedAtMs: number | undefined;
  outstanding: number;
  offline: readonly ContentFinding[];
  offlineFailure: string | null;
  offlineFromCache: boolean;
  readonly units: { readonly unit: PlannedUnit; readonly outcome: UnitOutcome }[];
}

export interface EndedFile {
  readonly report: FileReport;
  readonly findings: readonly Finding[];
  /** Errors that a second look has refuted. */
  readonly refuted: readonly Finding[];
  /** Found, but known: not part of the report. */
  readonly hidden: readonly HiddenFinding[];
  readonly contentHash: string | null;
  /** By a model; null: there is none. */
  readonly summary: string | null;
}

export interface FileTracker {
  /** Opens every file; those that need nothing end at once. `suppress` decides what of their findings is shown. */
  open(files: readonly PlannedFile[], suppress: Suppress): void;
  /** Work on the file begins: what it waited before is not its duration. */
  begin(file: PlannedFile): void;
  offlineDone(file: PlannedFile, result: readonly ContentFinding[] | { readonly failure: string }): void;
  unitDone(file: PlannedFile, unit: PlannedUnit, outcome: UnitOutcome): void;
  /** Shows a finding before its file has ended. */
  preview(file: PlannedFile, unit: PlannedUnit, finding: UnitFinding): void;
  /** Ends what is still open as pending. Later results of these files are ignored. */
  stop(reason: string): void;
  readonly ended: ReadonlyMap<string, EndedFile>;
}

interface TrackerOptions {
  readonly emit: Emit;
  readonly monotonicMs: () => number;
  readonly model: string | null;
  /** Of files that have a reason for it; null: there is none. */
  readonly strongModel: string | null;
  readonly minimumSeverity: Severity;
  /** Errors of a model are looked at again: until then they are shown as warnings. */
  readonly looksAgain: boolean;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

const hideNothing: Suppress = () => null;

export function createFileTracker(options: TrackerOptions): FileTracker {
  const open = new Map<string, OpenFile>();
  const ended = new Map<string, EndedFile>();
  let suppress = hideNothing;

  const end = (file: OpenFile, status: FileStatus, reason: string | null) => {
    const { planned } = file;
    const found = status === "skipped" ? [] : findingsOf(file, options.minimumSeverity);
    const [refuted, all] = partitionRefuted(found);
    const judged = all.map((finding) => ({ finding, by: suppress(planned, finding) }));
    const findings = judged.flatMap(({ finding, by }) => (by === null ? [finding] : []));
    const hidden = judged.flatMap(({ finding, by }) => (by === null ? [] : [{ finding, by }]));
    const report: FileReport = {
      path: planned.path,
      status,
      reason,
      language: planned.language,
      sizeBytes: planned.sizeBytes,
      durationMs: file.startedAtMs === undefined ? 0 : Math.round(options.monotonicMs() - file.startedAtMs),
      ...reviewerOf(file, options),
      costUsd: sumCosts(file.units.map((one) => one.outcome.costUsd)),
      findings: findings.length,
    };
    open.delete(planned.path);
    const summary = file.units.find((one) => one.outcome.review?.summary)?.outcome.review?.summary ?? null;
    ended.set(planned.path, { report, findings, refuted, hidden, contentHash: planned.contentHash, summary });
    options.emit({ type: "file-end", ...report, findings, ...(refuted.length > 0 && { refuted }), summary });
  };

  const settle = (file: OpenFile) => {
    if (file.outstanding > 0) return;
    const { status, reason } = judge(file);
    end(file, status, reason);
  };

  return {
    ended,
    open(files, decide) {
      suppress = decide;
      for (const planned of files) {
        const file = openFile(planned);
        open.set(planned.path, file);
        if (planned.skip !== null) end(file, "skipped", planned.skip);
        else if (planned.failure !== null) end(file, "failed", planned.failure);
        else settle(file);
      }
    },
    begin(planned) {
      const file = open.get(planned.path);
      if (file) file.startedAtMs ??= options.monotonicMs();
    },
    offlineDone(planned, result) {
      const file = open.get(planned.path);
      if (!file) return;
      if ("failure" in result) file.offlineFailure = result.failure;
      else file.offline = result;
      file.offlineFromCache = false;
      file.outstanding--;
      settle(file);
    },
    unitDone(planned, unit, outcome) {
      const file = open.get(planned.path);
      if (!file) return;
      file.units.push({ unit, outcome });
      file.outstanding--;
      settle(file);
    },
    preview(planned, unit, finding) {
      const shown = options.looksAgain ? whileLooking(finding) : finding;
      if (!open.has(planned.path) || RANK[shown.severity] > RANK[options.minimumSeverity]) return;
      const placed = place(shown, unit);
      const [id] = fingerprintFindings([placed]);
      const arrived: Finding = { ...placed, id: id!, path: planned.path };
      if (suppress(planned, arrived) === null) options.emit({ type: "finding", finding: arrived });
    },
    stop(reason) {
      for (const file of open.values()) {
        keepUnlooked(file, reason);
        if (file.outstanding > 0) end(file, "pending", reason);
        else settle(file);
      }
    },
  };
}

function openFile(planned: PlannedFile): OpenFile {
  const units: OpenFile["units"] = [];
  let outstanding = planned.analysis || planned.analysisKey === null ? 0 : 1;
  for (const unit of planned.units) {
    const stored = storedOutcome(unit);
    if (stored) units.push({ unit, outcome: stored });
    else outstanding++;
  }
  return {
    planned,
    startedAtMs: undefined,
    outstanding,
    offline: planned.analysis ?? [],
    offlineFailure: null,
    offlineFromCache: true,
    units,
  };
}

/** What the store already answers, so that nothing needs to be sent. */
export function storedOutcome(
  unit: Pick<PlannedUnit, "review" | "verdict" | "submittedAtMs"> & Partial<Pick<PlannedUnit, "unlooked">>,
): UnitOutcome | undefined {
  if (unit.unlooked !== undefined && unit.unlooked > 0) return undefined;
  if (unit.review) return { review: unit.review, failure: null, fromCache: true, costUsd: 0 };
  if (unit.verdict) return { review: null, failure: unit.verdict.message, fromCache: true, costUsd: 0 };
  if (unit.submittedAtMs !== undefined) return SUBMITTED;
  return undefined;
}

function reviewerOf({ units, planned }: OpenFile, { model, strongModel }: TrackerOptions) {
  if (!units.some((one) => one.outcome.review)) return { model: null };
  const { strongReason } = planned;
  return strongReason === null || strongModel === null ? { model } : { model: strongModel, modelReason: strongReason };
}

/** A review that is stored counts, also where the run did not come to look at its errors again. */
function keepUnlooked(file: OpenFile, reason: string): void {
  for (const unit of file.planned.units) {
    if (!unit.review || unit.unlooked === 0 || file.units.some((one) => one.unit === unit)) continue;
    const review = withLooks(unit.review, () => unchecked(reason));
    file.units.push({ unit, outcome: { review, failure: null, fromCache: true, costUsd: 0 } });
    file.outstanding--;
  }
}

/** Paid for already, at half price and for later: it is not asked for twice. */
export const SUBMITTED: UnitOutcome = {
  review: null,
  failure: null,
  pending: "submitted overnight: its review has not been collected yet",
  fromCache: true,
  costUsd: 0,
};

function judge(file: OpenFile): { readonly status: FileStatus; readonly reason: string | null } {
  const failure = file.offlineFailure ?? file.units.find((one) => one.outcome.failure)?.outcome.failure;
  if (failure) return { status: "failed", reason: failure };
  const pending = file.units.find((one) => one.outcome.pending)?.outcome.pending;
  if (pending) return { status: "pending", reason: pending };
  const paid = file.units.some((one) => !one.outcome.fromCache);
  const reason =
    file.planned.kind === "data"
      ? "data: checked for secrets only"
      : paid
        ? (missReasonOf(file.planned) ?? null)
        : null;
  // With a model, the free offline pass alone does not make a stored review a fresh one.
  const fresh = file.planned.units.length > 0 ? paid : !file.offlineFromCache;
  return { status: fresh ? "reviewed" : "cached", reason };
}

function findingsOf(file: OpenFile, minimumSeverity: Severity): Finding[] {
  const { path, isVendored } = file.planned;
  const isShown = ({ severity }: Finding) => RANK[severity] <= RANK[minimumSeverity];
  const offline = file.offline
    .map((finding): Finding => ({ ...finding, path, severity: severityAtPath(finding, path, isVendored) }))
    .filter(isShown);
  const placed = file.units
    .toSorted((a, b) => (a.unit.lines?.start ?? 1) - (b.unit.lines?.start ?? 1))
    .flatMap(({ unit, outcome }) => (outcome.review?.findings ?? []).map((finding) => place(finding, unit)))
    .map(afterLooking)
    .filter((finding) => !offline.some((known) => isSameRemark(known, finding)));
  const ids = fingerprintFindings(placed);
  const model = placed.map((finding, index): Finding => ({ ...finding, id: ids[index]!, path }));
  return [...offline, ...model.filter(isShown)].toSorted(byPosition);
}

/** Lines of a unit's finding count from the unit's first line. */
function place({ needs: _unseen, ...finding }: UnitFinding, unit: PlannedUnit): UnitFinding {
  const offset = (unit.lines?.start ?? 1) - 1;
  if (offset === 0) return finding;
  const shift = <T extends { readonly startLine: number; readonly endLine: number }>(range: T): T => ({
    ...range,
    startLine: range.startLine + offset,
    endLine: range.endLine + offset,
  });
  return { ...shift(finding), fix: finding.fix && { edits: finding.fix.edits.map(shift) } };
}

/** The offline engine's findings are free and exact: a model that says the same again adds nothing. */
function isSameRemark(known: ContentFinding, finding: UnitFinding): boolean {
  return (
    known.category === finding.category && known.startLine <= finding.endLine && finding.startLine <= known.endLine
  );
}

function byPosition(a: Finding, b: Finding): number {
  return a.startLine - b.startLine || a.startColumn - b.startColumn || RANK[a.severity] - RANK[b.severity];
}

function sumCosts(costs: readonly (number | null)[]): number | null {
  return costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}
