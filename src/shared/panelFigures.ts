/** What the performance panel draws beyond a `RunView`: caches, causes, times, single files, money over runs. */
import type { FileStatus, Report, SavedBy } from "./report.ts";

/** How often replies took how long, in equal steps from `fromMs`. */
export interface TimeHistogram {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly counts: readonly number[];
}

/** Requests stood still. */
export interface FlowMark {
  /** Since the start of the run. */
  readonly atMs: number;
  readonly ms: number;
  readonly reason: "rate-limit" | "backoff" | "lease";
}

export interface CostCause {
  /** As the plan says it: new file, edited, … */
  readonly reason: string;
  readonly files: number;
  readonly costUsd: number;
}

export interface RunCaches {
  /** Parts of files by where their answer came from, and those that had to be asked; from the plan until the report is there. */
  readonly hits: Report["cache"]["hits"];
  readonly misses: number;
  /** 0 to 1. */
  readonly hitRate: number;
  /** Dollars; null: not known yet, or not kept. */
  readonly savedBy: SavedBy | null;
  readonly promptCache: {
    readonly inputTokens: number;
    readonly cachedInputTokens: number;
    readonly cacheWriteTokens: number;
    /** Against the list price; null: not known. */
    readonly savedUsd: number | null;
  };
}

export interface FailureCount {
  readonly code: string;
  readonly count: number;
}

export type FileOrder = "slowest" | "dearest";

/** What a view wants to see of the files that took time or money: a part of the list. */
export interface FileWish {
  readonly order: FileOrder;
  readonly from: number;
  /** At most 100. */
  readonly count: number;
}

/** Why a file took so long and cost so much. */
export interface FileFigures {
  readonly path: string;
  readonly status: FileStatus;
  readonly reason: string | null;
  readonly ms: number;
  /** null: unknown. */
  readonly costUsd: number | null;
  /** Who reviewed it; null: nobody did. */
  readonly model: string | null;
  /** Why that is the strong model; null: it is the usual one. */
  readonly modelReason: string | null;
  /** null: not known of a stored report. */
  readonly asked: {
    readonly requests: number;
    readonly retries: number;
    readonly failed: number;
    readonly inputTokens: number;
    readonly cachedInputTokens: number;
    readonly outputTokens: number;
  } | null;
}

export interface FileTable {
  readonly order: FileOrder;
  readonly from: number;
  readonly total: number;
  readonly rows: readonly FileFigures[];
}

/** What the strong model has reviewed. */
export interface StrongShare {
  readonly model: string;
  readonly files: number;
  readonly costUsd: number;
}

/** What is out for the night. */
export interface Outstanding {
  /** Parts of files. */
  readonly units: number;
  /** 0: the price is not known. */
  readonly atMostUsd: number;
  /** ISO 8601: the first of it. */
  readonly submittedAt: string;
}

/** Of the ledger, over all windows and terminals. */
export interface Spending {
  /** Since midnight, in all workspaces. `endsAt`: ISO 8601, the next midnight; missing: whoever asked knows it. */
  readonly today: { readonly usd: number; readonly runs: number; readonly endsAt?: string };
  /** `since`: ISO 8601; null: nothing was ever spent for it. */
  readonly workspace: { readonly usd: number; readonly since: string | null };
  /** Some of it is not known: sums are lower bounds. */
  readonly unknown: boolean;
}

/** Something to act on, at most one of a kind in a run. */
export type RunAlert =
  /** Much of the budget is spent; `nextUsd` what the rest needs, where that is known. */
  | { readonly kind: "budget"; readonly spentUsd: number; readonly budgetUsd: number; readonly nextUsd: number | null }
  | { readonly kind: "errors"; readonly failed: number; readonly requests: number }
  /** Replies take several times as long as in this run's beginning, or in earlier runs. */
  | { readonly kind: "latency"; readonly p50Ms: number; readonly usualMs: number };
