import type { Coverage, FileStatus } from "../../shared/report.ts";

/** `files` is the sum of all the rest, always. */
export function countCoverage(files: Iterable<{ readonly status: FileStatus }>): Coverage {
  const counts = { reviewed: 0, cached: 0, skipped: 0, failed: 0, pending: 0 };
  let total = 0;
  for (const { status } of files) {
    counts[status]++;
    total++;
  }
  return { files: total, ...counts };
}
