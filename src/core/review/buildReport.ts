import type { Cost, Finding, Report, StoppedBy, ToolUse } from "../../shared/report.ts";
import { REPORT_SCHEMA } from "../../shared/report.ts";
import { VERSION } from "../../shared/version.ts";
import { countCoverage } from "./coverage.ts";
import type { EndedFile } from "./fileTracker.ts";

export interface ReportParts {
  readonly run: Omit<Report["run"], "complete" | "error" | "stoppedBy">;
  readonly stoppedBy: StoppedBy | null;
  readonly error: Report["run"]["error"];
  readonly ended: ReadonlyMap<string, EndedFile>;
  readonly usage: Report["usage"];
  readonly cost: Cost;
  readonly cacheHits: Report["cache"]["hits"];
  readonly cacheMisses: number;
  readonly latency: Report["latency"];
  readonly memory: Report["memory"];
  readonly tools: readonly ToolUse[];
}

export function buildReport(parts: ReportParts): Report {
  const ended = [...parts.ended.values()].toSorted((a, b) => comparePaths(a.report.path, b.report.path));
  const files = ended.map((file) => file.report);
  const hidden = ended.flatMap((file) => file.hidden);
  const refuted = ended.flatMap((file): readonly Finding[] => file.refuted);
  const coverage = countCoverage(files);
  const hits = Object.values(parts.cacheHits).reduce((sum, count) => sum + count, 0);
  return {
    schema: REPORT_SCHEMA,
    tool: { name: "onceover", version: VERSION },
    run: {
      ...parts.run,
      complete: parts.stoppedBy === null && coverage.pending === 0 && coverage.failed === 0,
      stoppedBy: parts.stoppedBy,
      error: parts.error,
    },
    coverage,
    suppressed: {
      dismissed: hidden.filter((one) => one.by === "dismissed").length,
      inline: hidden.filter((one) => one.by === "inline").length,
      baseline: hidden.filter((one) => one.by === "baseline").length,
      refuted: refuted.length,
    },
    files,
    findings: ended.flatMap((file): readonly Finding[] => file.findings),
    refuted,
    usage: parts.usage,
    cost: parts.cost,
    cache: {
      hits: parts.cacheHits,
      misses: parts.cacheMisses,
      hitRate: hits === 0 ? 0 : hits / (hits + parts.cacheMisses),
    },
    latency: parts.latency,
    memory: parts.memory,
    tools: parts.tools,
  };
}

function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
