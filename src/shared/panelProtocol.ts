/**
 * What the extension and its webviews say to each other: one union per direction. Both ends import this file, so they
 * cannot disagree; panelMessages.ts checks what arrives.
 */
import type { Category, FileStatus, Finding, Provider, Range, SecondLook, Severity, ToolUse } from "./report.ts";
import type { CacheShares } from "./cacheShares.ts";
import type { MemoryFigures } from "./memoryFigures.ts";
import type {
  CostCause,
  FailureCount,
  FileTable,
  FileWish,
  FlowMark,
  Outstanding,
  RunAlert,
  RunCaches,
  Spending,
  StrongShare,
  TimeHistogram,
} from "./panelFigures.ts";
import type { RunState, RunView } from "./runView.ts";

/** Buttons in a view stand for these commands (`onceover.<name>`) and for no others. */
export const PANEL_COMMANDS = [
  "analyzeWorkspace",
  "resume",
  "cancel",
  "chooseModel",
  "setApiKey",
  "showReport",
  "exportReport",
  "exportFigures",
  "exportTrace",
  "takeMemorySnapshot",
  "saveHeapSnapshot",
  "openPanelInEditor",
  "openSettings",
  "showPerformance",
  "showQuestion",
  "showLog",
  "collectOvernight",
] as const;

export type PanelCommand = (typeof PANEL_COMMANDS)[number];

/** Settings that a view can ask for, without `onceover.`. */
export const PANEL_SETTINGS = ["budgetUsd", "memory.limitMb"] as const;

export type PanelSetting = (typeof PANEL_SETTINGS)[number];

/** What the next run would use. */
export interface PanelSettings {
  readonly provider: Provider;
  /** null: the provider's default. */
  readonly model: string | null;
  /** Wall per run; null: none. */
  readonly budgetUsd: number | null;
  /** Whether a key for the provider's endpoint is stored; true where none is needed. */
  readonly keySet: boolean;
}

/** A run that was asked for and looks what there is to do, or one whose user is asked: whether to send it, or to go on. */
export type RunActivity = "none" | "starting" | "asking";

/** One line about an earlier run. */
export interface RunSummary {
  readonly runId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly state: RunState;
  readonly model: string | null;
  readonly durationMs: number;
  readonly spentUsd: number;
  readonly costUnknown: boolean;
  /** cached ÷ (files − skipped), 0 to 1. */
  readonly cachedShare: number;
  /** Missing: there was nothing to answer, or no report to say it. */
  readonly cache?: CacheShares;
}

export interface FileCounts {
  readonly path: string;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

/** What the panel draws beyond the figures of a `RunView`. */
export interface RunDetails {
  /** Files with the gravest findings first, at most five. */
  readonly hotFiles: readonly FileCounts[];
  /** Files that cost most in this run, at most three. */
  readonly costliest: readonly { readonly path: string; readonly costUsd: number }[];
  /** Files that failed, first ones first, at most five. */
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
  /** Times the provider asked to slow down, and how long requests stood still for it. */
  readonly rateLimits: { readonly count: number; readonly waitedMs: number };
  /** Requests in flight over time, in equal steps from the start of the run. */
  readonly flow: {
    readonly stepMs: number;
    /** The most requests in flight during each step. */
    readonly inFlight: readonly number[];
    /** The limit at the end of each step; null while it is not known. */
    readonly limit: readonly (number | null)[];
    /** Pauses, oldest first; the newest 60. */
    readonly marks: readonly FlowMark[];
  };
  readonly caches: RunCaches;
  /** Why files were paid for, the dearest cause first. */
  readonly causes: readonly CostCause[];
  /** null: the strong model has reviewed nothing. */
  readonly strong: StrongShare | null;
  /** Codes of failed requests, the most frequent first. */
  readonly failures: readonly FailureCount[];
  /** null: fewer than two replies. */
  readonly replyTimes: TimeHistogram | null;
  /** Of a typical reply while it streams; null: not known. */
  readonly outputTokensPerSecond: number | null;
  /** Connections that the requests went over; null: not known. */
  readonly connections: number | null;
  readonly alerts: readonly RunAlert[];
  /** What was looked up for the run, in the order of the work; at most 16 kinds. */
  readonly tools: readonly ToolUse[];
}

/** A finding as the report view shows it. */
export interface ReportFinding extends Range {
  readonly id: string;
  readonly path: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly rule: string;
  readonly title: string;
  readonly detail: string;
  /** The first lines of the quoted code. */
  readonly quote: string;
  /** Lines of the quote that were left out at its end. */
  readonly quoteLinesLeftOut: number;
  readonly source: Finding["source"];
  /** Missing: nobody asked again. */
  readonly secondLook?: SecondLook;
}

export type ReportEntry =
  | { readonly type: "finding"; readonly finding: ReportFinding }
  | {
      readonly type: "file";
      readonly path: string;
      readonly status: FileStatus;
      readonly reason: string | null;
      readonly summary: string | null;
      readonly model: string | null;
      /** What this run paid for it; null: unknown. */
      readonly costUsd: number | null;
      /** The last word on the file; null: only its status is known, findings that came before stay. */
      readonly findings: readonly ReportFinding[] | null;
      /** Errors that a second look has refuted; missing: none, or not known. */
      readonly refuted?: readonly ReportFinding[];
    }
  | { readonly type: "notice"; readonly level: "info" | "warning" | "error"; readonly message: string };

/** What a reader of a finished report should know first: each list has its head alone. */
export interface ReportSummary {
  /** Most files first. */
  readonly languages: readonly { readonly language: string; readonly files: number }[];
  /** Most findings first; the top folder's path is empty. */
  readonly areas: readonly { readonly path: string; readonly files: number; readonly findings: number }[];
  readonly areasLeftOut: number;
  /** The most urgent first. */
  readonly lookFirst: readonly Pick<ReportFinding, "path" | "startLine" | "startColumn" | "severity" | "title">[];
  /** Rules that several files break, the most widespread first. */
  readonly patterns: readonly { readonly rule: string; readonly findings: number; readonly files: number }[];
}

/** The extension speaks to a view. */
export type HostMessage =
  | {
      readonly type: "view";
      readonly view: RunView | null;
      readonly details: RunDetails | null;
      readonly settings: PanelSettings;
      readonly trusted: boolean;
      readonly activity: RunActivity;
      readonly recent: readonly RunSummary[];
      /** Missing: as it was sent last. It is the largest part by far, and changes slowly. */
      readonly memory?: MemoryFigures | null;
      /** null: not known. */
      readonly spending: Spending | null;
      /** null: nothing is, as far as this window knows. */
      readonly overnight: Outstanding | null;
      /** What the view wished to see of it; null: nothing, or there is no run; missing: as it was sent last. */
      readonly files?: FileTable | null;
      /** Now, on the clock of `RunView.waiting`. */
      readonly monotonicMs: number;
    }
  /**
   * What is new in the report since `fromSeq`. A view that stands elsewhere answers `ready` and is sent what it lacks;
   * `fromSeq` 0 starts a run from its beginning.
   */
  | {
      readonly type: "report";
      readonly runId: string;
      readonly fromSeq: number;
      readonly toSeq: number;
      readonly entries: readonly ReportEntry[];
    }
  /** Of a run that has ended, after its entries. */
  | { readonly type: "summary"; readonly runId: string; readonly summary: ReportSummary }
  /** Scroll to a finding and give it focus. Sent after the entries that it is among. */
  | { readonly type: "show-finding"; readonly path: string; readonly id: string };

/** A view speaks to the extension. */
export type ViewMessage =
  /** Shown for the first time or again; says where it stands. */
  | { readonly type: "ready"; readonly runId: string | null; readonly lastSeq: number }
  /** `setting`: the one that `openSettings` is about; missing: all of them. */
  | { readonly type: "command"; readonly command: PanelCommand; readonly setting?: PanelSetting }
  /** The part of the list of files that is on screen; null: none of it. Holds until the next one. */
  | { readonly type: "files"; readonly wish: FileWish | null }
  /** Show a place of a file that the run knows. 1-based. */
  | { readonly type: "open"; readonly path: string; readonly line: number; readonly column: number }
  /** Put a finding on the clipboard, as Markdown. */
  | { readonly type: "copy"; readonly path: string; readonly id: string };
