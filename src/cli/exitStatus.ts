/** Exit statuses, as scripts rely on them. Where several hold, the first of 130, 5, 2, 4, 3, 1 counts. */
import type { ErrorCode } from "../shared/errors.ts";
import type { Report, Severity } from "../shared/report.ts";
import { CANCELLED_STATUS } from "./signals.ts";

const PRECEDENCE = [CANCELLED_STATUS, 5, 2, 4, 3, 1];

export type FailOn = Severity | "never";

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  usage: 2,
  "not-a-folder": 2,
  "missing-folder": 2,
  "invalid-setting": 2,
  "missing-key": 2,
  "invalid-key": 2,
  "quota-exhausted": 2,
  "unknown-model": 2,
  "unknown-price": 2,
  "wrong-endpoint": 2,
  "request-rejected": 2,
  "not-allowed": 2,
  "result-too-large": 2,
  "budget-reached": 4,
  "quote-reached": 4,
  cancelled: CANCELLED_STATUS,
  "store-failed": 5,
  "store-damaged": 5,
  "store-busy": 5,
};

/** Whatever is not listed kept a review from being made: 3. */
export function errorStatus(code: string): number {
  return (Object.hasOwn(STATUS, code) && STATUS[code as ErrorCode]) || 3;
}

type Judged = Pick<Report, "run" | "coverage" | "findings">;

export function reportStatus(report: Judged, failOn: FailOn, isCancelled: boolean): number {
  const { run, coverage } = report;
  const held = new Set<number>();
  if (isCancelled || run.stoppedBy === "cancel") held.add(CANCELLED_STATUS);
  if (run.stoppedBy === "budget") held.add(4);
  if (run.error) held.add(errorStatus(run.error.code));
  if (run.stoppedBy === "error" || coverage.failed > 0 || coverage.pending > 0) held.add(3);
  if (hasFindingAt(report, failOn)) held.add(1);
  return PRECEDENCE.find((status) => held.has(status)) ?? 0;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function hasFindingAt(report: Judged, failOn: FailOn): boolean {
  return failOn !== "never" && report.findings.some((finding) => RANK[finding.severity] <= RANK[failOn]);
}
