/** A report that still holds, as the run tells it that has found nothing changed. Pure. */
import type { FileReport, Report } from "../../shared/report.ts";
import type { RepeatedReport } from "../store/savedReport.ts";

/** @param last complete: every file of it was reviewed, answered from the store or skipped */
export function repeatedReport(last: Report, repeated: RepeatedReport): Report {
  const { reviewed, cached } = last.coverage;
  return {
    ...last,
    ...repeated,
    coverage: { ...last.coverage, reviewed: 0, cached: reviewed + cached },
    files: last.files.map(answeredFromStore),
  };
}

/** Why it had to be reviewed is over; why it was skipped, or that it is data, is not. */
function answeredFromStore(file: FileReport): FileReport {
  if (file.status !== "reviewed") return { ...file, durationMs: 0 };
  const reason = file.reason?.startsWith(DATA) ? file.reason : null;
  return { ...file, status: "cached", reason, durationMs: 0, costUsd: 0 };
}

const DATA = "data:";
