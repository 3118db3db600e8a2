/**
 * The state of one run as people see it: a pure reader of events, used by the command line's progress, the status
 * bar, the tooltip and the panel alike, so that all of them show the same figures.
 */
import type { RunEvent } from "./events.ts";
import type { Coverage, DailyBudget, Percentiles, Provider, Quote, Severity, StoppedBy } from "./report.ts";

export type RunState = "idle" | "running" | "complete" | "partial" | "cancelled" | "budget" | "error" | "interrupted";

/** Times of replies; of none, zeros. */
export interface Samples extends Percentiles {
  readonly count: number;
}

export interface RunView {
  readonly runId: string;
  readonly state: RunState;
  readonly workspace: string;
  readonly startedAt: string;
  readonly provider: Provider;
  readonly model: string | null;
  readonly elapsedMs: number;
  readonly coverage: Coverage;
  /** Files in flight now, newest last; at most 16. `sinceMs` is on the monotonic clock of the events. */
  readonly inFlight: readonly { readonly path: string; readonly sinceMs: number }[];
  readonly findings: Readonly<Record<Severity, number>>;
  readonly spentUsd: number;
  readonly reservedUsd: number;
  readonly savedUsd: number;
  readonly maybeBilledUsd: number;
  readonly costUnknown: boolean;
  readonly budgetUsd: number | null;
  /** Missing: no daily budget is set. */
  readonly daily?: DailyBudget;
  readonly quote: Quote | null;
  /** cached ÷ (files − skipped), 0 to 1. */
  readonly cachedShare: number;
  readonly requests: {
    readonly started: number;
    readonly ended: number;
    /** null: a report of before it was kept does not say. */
    readonly failed: number | null;
    readonly retries: number;
  };
  readonly tokens: { readonly input: number; readonly cachedInput: number; readonly output: number };
  readonly latencyMs: Samples;
  readonly firstTokenMs: Samples;
  /** Longest first, at most ten. */
  readonly slowest: readonly { readonly path: string; readonly ms: number }[];
  readonly phases: readonly { readonly name: string; readonly ms: number }[];
  readonly memory: { readonly rssBytes: number; readonly peakRssBytes: number; readonly heapBytes: number };
  /** From the rate of the files that had to be paid for or analysed; null: not known yet. */
  readonly remainingMs: number | null;
  readonly waiting: { readonly reason: string; readonly untilMonotonicMs: number } | null;
  readonly stoppedBy: StoppedBy | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Folds events into a view. Bounded: keeps samples for percentiles in a ring of 4,096. */
export interface RunReader {
  push(event: RunEvent): void;
  /** @param monotonicMs now, on the clock of the events: while a run is under way time passes without them; missing: at the last one */
  view(monotonicMs?: number): RunView;
}
