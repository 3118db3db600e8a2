/** A report that still holds, as the run tells it that has found nothing changed. Pure. */
import type { FileReport, Report } from "../../shared/report.ts";
import { createCostMeter } from "../profile/costMeter.ts";
import type { RepeatedReport } from "../store/savedReport.ts";

/** @param last complete: every file of it was reviewed, answered from the store or skipped */
export function repeatedReport(last: Report, repeated: RepeatedReport): Report {
  const { reviewed, cached } = last.coverage;
  return {
    ...last,
    ...repeated,
    coverage: { ...last.coverage, reviewed: 0, cached: reviewed + cached },
    files: last.files.every(isAnswered) ? last.files : last.files.map(answeredFromStore),
  };
}

const isAnswered = ({ status, durationMs }: FileReport) => status !== "reviewed" && durationMs === 0;

/** Why it had to be reviewed is over; why it was skipped, or that it is data, is not. */
function answeredFromStore(file: FileReport): FileReport {
  if (file.status !== "reviewed") return { ...file, durationMs: 0 };
  const reason = file.reason?.startsWith(DATA) ? file.reason : null;
  return { ...file, status: "cached", reason, durationMs: 0, costUsd: 0 };
}

const DATA = "data:";

const NO_PERCENTILES = { p50: 0, p95: 0, p99: 0, max: 0 };

/** What such a run knows by itself. */
export interface Repeat {
  readonly run: Pick<Report["run"], "id" | "startedAt" | "durationMs">;
  readonly budgetUsd: number | null;
  readonly daily: Report["cost"]["daily"] | null;
  readonly phases: Report["latency"]["phases"];
  readonly memory: Report["memory"];
}

export function repeatOf(last: Report, { run, budgetUsd, daily, phases, memory }: Repeat): RepeatedReport {
  const hits = sum(last.cache.hits) + last.cache.misses;
  // There may be no daily budget any more, or another one.
  const { daily: _earlier, ...cost } = last.cost;
  return {
    run: { ...last.run, ...run },
    // Nothing was sent.
    usage: createCostMeter().usage(),
    cost: {
      ...cost,
      usd: 0,
      savedBy: { memory: 0, disk: cost.savedUsd, team: 0, inFlight: 0, semantic: 0, provider: 0 },
      maybeBilledUsd: 0,
      budgetUsd,
      quote: { likelyUsd: 0, atMostUsd: 0 },
      unknown: false,
      ...(daily && { daily }),
    },
    cache: {
      hits: { memory: 0, disk: hits, team: 0, inFlight: 0, semantic: 0 },
      misses: 0,
      hitRate: hits === 0 ? 0 : 1,
    },
    latency: { requestMs: NO_PERCENTILES, firstTokenMs: NO_PERCENTILES, phases },
    memory,
    // Names and stamps were looked at, and nothing else.
    tools: [],
  };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
