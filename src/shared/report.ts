/** The report: what a run found, covered and cost. `onceover analyze --format json` prints exactly this. */

export const REPORT_SCHEMA = "onceover.report/1";

export type Severity = "error" | "warning" | "info";

export const CATEGORIES = [
  "bug",
  "security",
  "concurrency",
  "resource",
  "performance",
  "error-handling",
  "api-misuse",
  "data-loss",
  "test",
  "maintainability",
] as const;

export type Category = (typeof CATEGORIES)[number];

export type Provider = "offline" | "openai" | "anthropic" | "ollama" | "vscode";

/** How a file ended. `pending` only in a run that stopped early. */
export type FileStatus = "reviewed" | "cached" | "skipped" | "failed" | "pending";

/** 1-based lines and columns; columns count UTF-16 units; the end column is exclusive. */
export interface Range {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface TextEdit extends Range {
  readonly newText: string;
}

/**
 * What came of asking again about an error that a model had claimed. `unchecked`: nothing, so it is shown as a warning;
 * `pending`: only while a run is under way, before its file has ended.
 */
export interface SecondLook {
  readonly verdict: "confirmed" | "refuted" | "undecided" | "unchecked" | "pending";
  /** One or two sentences by the model, or why there was no second look; may be empty. */
  readonly reason: string;
  /** Code that the reason rests on, verbatim as it was sent; null: none was quoted. */
  readonly evidence: string | null;
}

export interface Finding extends Range {
  /** Fingerprint: the same remark on the same code keeps it over runs. */
  readonly id: string;
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly rule: string;
  readonly title: string;
  readonly detail: string;
  /** The file's text at the range, verbatim. */
  readonly quote: string;
  readonly fix: { readonly edits: readonly TextEdit[] } | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly source: "offline" | "model";
  /** Missing: nobody asked again, as about everything but a model's errors. */
  readonly secondLook?: SecondLook;
}

export interface FileReport {
  readonly path: string;
  readonly status: FileStatus;
  /** Why it was skipped, failed or is pending; for a reviewed file, a remark on how. */
  readonly reason: string | null;
  readonly language: string | null;
  readonly sizeBytes: number;
  readonly durationMs: number;
  readonly model: string | null;
  /** Why the strong model reviewed it; missing: the usual one did. */
  readonly modelReason?: string;
  /** What this run paid for it; null when the provider did not say. */
  readonly costUsd: number | null;
  readonly findings: number;
}

export interface Coverage {
  readonly files: number;
  readonly reviewed: number;
  readonly cached: number;
  readonly skipped: number;
  readonly failed: number;
  readonly pending: number;
}

/** Tokens as the provider reports them; `inputTokens` includes cached ones. */
export interface UsageTotals {
  readonly requests: number;
  readonly retries: number;
  /** Requests without a reply of use, those that were sent again included; missing in reports of before it was kept. */
  readonly failed?: number;
  /** That the requests went over; missing: not known, or nothing was sent. */
  readonly connections?: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

export interface Quote {
  readonly likelyUsd: number;
  readonly atMostUsd: number;
}

export interface Cost {
  readonly usd: number;
  readonly savedUsd: number;
  /** `savedUsd` by what saved it; missing in reports of before it was kept. */
  readonly savedBy?: SavedBy;
  /** Requests whose end is not known: may have been billed, not part of `usd`. */
  readonly maybeBilledUsd: number;
  /** null: no wall. */
  readonly budgetUsd: number | null;
  readonly quote: Quote;
  /** True when some price or usage is not known: `usd` is then a lower bound. */
  readonly unknown: boolean;
  /** Missing: no daily budget is set. */
  readonly daily?: DailyBudget;
}

/** Dollars at list price. */
export interface SavedBy {
  /** Answers that were stored; `disk`: by this machine. */
  readonly memory: number;
  readonly disk: number;
  readonly team: number;
  /** Another file with the same content was being asked about. */
  readonly inFlight: number;
  readonly semantic: number;
  /** What the provider's own cache took off. */
  readonly provider: number;
}

/** How a daily budget stands. */
export interface DailyBudget {
  readonly limitUsd: number;
  /** By all runs of the store since midnight; what may have been billed and what is reserved counts. */
  readonly usedUsd: number;
  /** ISO 8601: the midnight, local time, at which it starts anew. */
  readonly endsAt: string;
  /** A request of this run was not sent because of it. */
  readonly reached: boolean;
}

/** What a run looked up to know what to ask, of one kind: the sum of what was known and what had to be worked out. */
export interface ToolUse {
  /** `contents`, `outline`, `signatures` or `analysis`. */
  readonly name: string;
  readonly calls: number;
  /** Answered by what was known. */
  readonly hits: number;
  readonly failures: number;
  /** All of them together, on the clock. */
  readonly ms: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export type StoppedBy = "budget" | "cancel" | "error";

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly tool: { readonly name: "onceover"; readonly version: string };
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly provider: Provider;
    readonly model: string | null;
    readonly recipe: string;
    readonly complete: boolean;
    readonly stoppedBy: StoppedBy | null;
    /** The git revision from which the files under review differ; missing: the run was about more than changes. */
    readonly since?: string;
    /** Code and message of what stopped the run, when something did. */
    readonly error: { readonly code: string; readonly message: string } | null;
  };
  readonly coverage: Coverage;
  readonly suppressed: {
    readonly dismissed: number;
    readonly inline: number;
    readonly baseline: number;
    readonly refuted: number;
  };
  readonly files: readonly FileReport[];
  readonly findings: readonly Finding[];
  /**
   * Errors that a second look has refuted, with its reason and evidence in `secondLook`: no part of `findings` and of
   * no other count than `suppressed.refuted`. Missing in reports of before there were such.
   */
  readonly refuted?: readonly Finding[];
  readonly usage: UsageTotals;
  readonly cost: Cost;
  readonly cache: {
    readonly hits: {
      readonly memory: number;
      readonly disk: number;
      readonly team: number;
      readonly inFlight: number;
      readonly semantic: number;
    };
    readonly misses: number;
    readonly hitRate: number;
  };
  readonly latency: {
    readonly requestMs: Percentiles;
    readonly firstTokenMs: Percentiles;
    readonly phases: readonly { readonly name: string; readonly ms: number }[];
  };
  readonly memory: {
    readonly startRssBytes: number;
    readonly peakRssBytes: number;
    readonly peakHeapBytes: number;
  };
  /** In the order of the work; what was not asked is left out. Missing in reports of before it was kept. */
  readonly tools?: readonly ToolUse[];
}
