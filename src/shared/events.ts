/**
 * The one typed stream of facts about runs. Readers (meter, panel, progress, status bar) only listen;
 * any of them can be rebuilt by replaying the events from the start.
 */
import type { DailyBudget, FileStatus, Finding, Provider, Quote, Report, StoppedBy, ToolUse } from "./report.ts";

interface EventHead {
  readonly runId: string;
  /** 1, 2, 3 … within a run, without gaps. */
  readonly seq: number;
  /** Monotonic clock, milliseconds; only differences mean anything. */
  readonly monotonicMs: number;
}

export type PhaseName = "snapshot" | "outline" | "plan" | "offline" | "review" | "report";

/** Tokens of one request; null where the provider did not say. `inputTokens` includes cached ones. */
export interface RequestUsage {
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
}

export type RunEventBody =
  | {
      readonly type: "run-start";
      readonly startedAt: string;
      readonly workspace: string;
      readonly provider: Provider;
      readonly model: string | null;
      readonly budgetUsd: number | null;
    }
  | { readonly type: "phase"; readonly name: PhaseName; readonly state: "start" | "end"; readonly ms: number }
  /** After discovery: how many files the run answers for. */
  | { readonly type: "snapshot"; readonly files: number; readonly skipped: number }
  /** `misses` are the units that will be sent to the model, `pendingFiles` the files they belong to. */
  | {
      readonly type: "plan";
      readonly files: number;
      readonly skipped: number;
      readonly cachedFiles: number;
      readonly pendingFiles: number;
      readonly hits: number;
      readonly misses: number;
      readonly quote: Quote;
      readonly priceKnown: boolean;
    }
  /** After the plan: what was looked up for it. The report has the last word. */
  | { readonly type: "tools"; readonly tools: readonly ToolUse[] }
  /**
   * A finding as it arrives, before its file has ended: once when its title is there (`detail` may be empty then), and
   * again, with the same id, when it is whole. `file-end` has the last word on a path.
   */
  | { readonly type: "finding"; readonly finding: Finding }
  | {
      readonly type: "file-end";
      readonly path: string;
      readonly status: FileStatus;
      readonly reason: string | null;
      readonly language: string | null;
      readonly sizeBytes: number;
      readonly durationMs: number;
      readonly model: string | null;
      readonly modelReason?: string;
      readonly costUsd: number | null;
      /** One or two sentences by the model; null when there are none. */
      readonly summary: string | null;
      readonly findings: readonly Finding[];
      /** Errors that a second look has refuted; missing: there are none. */
      readonly refuted?: readonly Finding[];
    }
  /** Nothing has changed since the last report: each file is as it says. Comes instead of every `file-end`. */
  | {
      readonly type: "unchanged";
      readonly report: Report;
      /** By path: what a model says each file is for. */
      readonly summaries: Readonly<Record<string, string>>;
    }
  | {
      readonly type: "request-start";
      readonly requestId: string;
      readonly paths: readonly string[];
      readonly attempt: number;
      readonly reservedUsd: number;
    }
  | { readonly type: "request-first-token"; readonly requestId: string; readonly ms: number }
  | {
      readonly type: "request-end";
      readonly requestId: string;
      readonly paths: readonly string[];
      readonly outcome: "ok" | "failed" | "cancelled";
      readonly code: string | null;
      readonly ms: number;
      readonly usage: RequestUsage | null;
      /** null: unknown. */
      readonly costUsd: number | null;
      /** What the provider's own cache took off the list price; missing: not known. Below 0: writing to it cost more. */
      readonly promptCacheSavedUsd?: number;
      readonly maybeBilledUsd: number;
    }
  /** Requests pause: the provider said when to come back, or a backoff runs. */
  | { readonly type: "wait"; readonly reason: "rate-limit" | "backoff" | "lease"; readonly ms: number }
  | { readonly type: "concurrency"; readonly limit: number }
  /** Over how many connections requests went so far. */
  | { readonly type: "connections"; readonly count: number }
  | {
      readonly type: "money";
      readonly spentUsd: number;
      readonly reservedUsd: number;
      readonly savedUsd: number;
      readonly maybeBilledUsd: number;
      readonly unknown: boolean;
    }
  | { readonly type: "budget"; readonly level: "warning" | "reached"; readonly nextUsd: number }
  /** Where a daily budget is set: how it stands. `warning` comes once in a run. */
  | ({ readonly type: "daily-budget"; readonly level: "plain" | "warning" } & DailyBudget)
  | { readonly type: "memory"; readonly rssBytes: number; readonly heapBytes: number }
  | { readonly type: "notice"; readonly level: "info" | "warning" | "error"; readonly message: string }
  | {
      readonly type: "run-end";
      readonly stoppedBy: StoppedBy | null;
      readonly error: { readonly code: string; readonly message: string } | null;
      /** The whole report; readers that cross a process border may get it without files and findings. */
      readonly report: Report;
    };

export type RunEvent = EventHead & RunEventBody;

export type RunListener = (event: RunEvent) => void;
