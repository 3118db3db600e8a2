/** What runs have found to do, one by one and added up. */
import type { Report } from "../../src/shared/report.ts";
import type { Sample } from "../harness.ts";

export interface WeekRun {
  readonly wallMs: number;
  readonly files: number;
  /** Answered without a request. */
  readonly cachedFiles: number;
  readonly requests: number;
  readonly lookups: number;
  /** Lookups that were answered by what was known. */
  readonly knownLookups: number;
  readonly cachedTokens: number;
  readonly shareableTokens: number;
  readonly costUsd: number;
}

export function countLookups({ tools = [] }: Report): Pick<WeekRun, "lookups" | "knownLookups"> {
  const sum = (key: "calls" | "hits") => tools.reduce((total, tool) => total + tool[key], 0);
  return { lookups: sum("calls"), knownLookups: sum("hits") };
}

/** @throws Error for no runs */
export function addRuns(runs: readonly WeekRun[]): Sample {
  if (runs.length === 0) throw new Error("There was no such run.");
  const sum = (key: keyof WeekRun) => runs.reduce((total, run) => total + run[key], 0);
  const share = (part: keyof WeekRun, whole: keyof WeekRun) => (sum(whole) === 0 ? null : sum(part) / sum(whole));
  return {
    wallMs: sum("wallMs"),
    figures: {
      runs: runs.length,
      files: sum("files"),
      sent: sum("files") - sum("cachedFiles"),
      requests: sum("requests"),
      reviewHits: share("cachedFiles", "files"),
      toolHits: share("knownLookups", "lookups"),
      ofShareable: share("cachedTokens", "shareableTokens"),
      costUsd: sum("costUsd"),
    },
  };
}
