/**
 * What the extension and its webviews say to each other: one union per direction, and a validator for each that drops
 * whatever is unknown or malformed. Both ends import this file, so they cannot disagree.
 */
import type { Category, FileStatus, Finding, Provider, Range, Severity } from "./report.ts";
import type { RunState, RunView } from "./runView.ts";

/** Buttons in a view stand for these commands (`onceover.<name>`) and for no others. */
export const PANEL_COMMANDS = [
  "analyzeWorkspace",
  "resume",
  "cancel",
  "chooseModel",
  "setApiKey",
  "showReport",
  "showPerformance",
  "showLog",
] as const;

export type PanelCommand = (typeof PANEL_COMMANDS)[number];

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
  };
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
      readonly recent: readonly RunSummary[];
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
  | { readonly type: "command"; readonly command: PanelCommand }
  /** Show a place of a file that the run knows. 1-based. */
  | { readonly type: "open"; readonly path: string; readonly line: number; readonly column: number };

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const amount: Check = (value) => Number.isFinite(value);
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const position: Check = (value) => whole(value) && (value as number) >= 1;

function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}

const optional = new WeakSet<Check>();

/** The field need not be there. */
function orMissing(check: Check): Check {
  const either: Check = (value) => value === undefined || check(value);
  optional.add(either);
  return either;
}

function oneOf(...words: readonly string[]): Check {
  return (value) => words.includes(value as string);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function shape(fields: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(fields);
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    entries.every(
      ([name, check]) =>
        (Object.hasOwn(value, name) || optional.has(check)) && check((value as Record<string, unknown>)[name]),
    );
}

/** Picks the check by the message's `type`. */
function union(cases: Readonly<Record<string, Check>>): Check {
  return (value) => {
    const type = (value as { type?: unknown } | null | undefined)?.type;
    return typeof type === "string" && Object.hasOwn(cases, type) && cases[type]!(value);
  };
}

const provider = oneOf("offline", "openai", "anthropic", "ollama", "vscode");
const severity = oneOf("error", "warning", "info");
const status = oneOf("reviewed", "cached", "skipped", "failed", "pending");
const state = oneOf("idle", "running", "complete", "partial", "cancelled", "budget", "error", "interrupted");
const samples = shape({ count: whole, p50: amount, p95: amount, max: amount });
const failure = shape({ code: text, message: text });

const runView = shape({
  runId: text,
  state,
  workspace: text,
  startedAt: text,
  provider,
  model: orNull(text),
  elapsedMs: amount,
  coverage: shape({ files: whole, reviewed: whole, cached: whole, skipped: whole, failed: whole, pending: whole }),
  inFlight: listOf(shape({ path: text, sinceMs: amount })),
  findings: shape({ error: whole, warning: whole, info: whole }),
  spentUsd: amount,
  reservedUsd: amount,
  savedUsd: amount,
  maybeBilledUsd: amount,
  costUnknown: flag,
  budgetUsd: orNull(amount),
  daily: orMissing(shape({ limitUsd: amount, usedUsd: amount, endsAt: text, reached: flag })),
  quote: orNull(shape({ likelyUsd: amount, atMostUsd: amount })),
  cachedShare: amount,
  requests: shape({ started: whole, ended: whole, failed: whole, retries: whole }),
  tokens: shape({ input: amount, cachedInput: amount, output: amount }),
  latencyMs: samples,
  firstTokenMs: samples,
  slowest: listOf(shape({ path: text, ms: amount })),
  phases: listOf(shape({ name: text, ms: amount })),
  memory: shape({ rssBytes: amount, peakRssBytes: amount, heapBytes: amount }),
  remainingMs: orNull(amount),
  waiting: orNull(shape({ reason: text, untilMonotonicMs: amount })),
  stoppedBy: orNull(oneOf("budget", "cancel", "error")),
  error: orNull(failure),
});

const runDetails = shape({
  hotFiles: listOf(shape({ path: text, error: whole, warning: whole, info: whole })),
  costliest: listOf(shape({ path: text, costUsd: amount })),
  failed: listOf(shape({ path: text, reason: text })),
  rateLimits: shape({ count: whole, waitedMs: amount }),
  flow: shape({ stepMs: amount, inFlight: listOf(whole), limit: listOf(orNull(whole)) }),
});

const runSummary = shape({
  runId: text,
  startedAt: text,
  state,
  model: orNull(text),
  durationMs: amount,
  spentUsd: amount,
  costUnknown: flag,
  cachedShare: amount,
});

const reportFinding = shape({
  id: text,
  path: text,
  startLine: position,
  startColumn: position,
  endLine: position,
  endColumn: position,
  severity,
  category: text,
  rule: text,
  title: text,
  detail: text,
  quote: text,
  quoteLinesLeftOut: whole,
  source: oneOf("offline", "model"),
});

const reportEntry = union({
  finding: shape({ finding: reportFinding }),
  file: shape({
    path: text,
    status,
    reason: orNull(text),
    summary: orNull(text),
    model: orNull(text),
    costUsd: orNull(amount),
    findings: orNull(listOf(reportFinding)),
  }),
  notice: shape({ level: severity, message: text }),
});

const reportSummary = shape({
  languages: listOf(shape({ language: text, files: whole })),
  areas: listOf(shape({ path: text, files: whole, findings: whole })),
  areasLeftOut: whole,
  lookFirst: listOf(shape({ path: text, startLine: position, startColumn: position, severity, title: text })),
  patterns: listOf(shape({ rule: text, findings: whole, files: whole })),
});

const hostMessage = union({
  view: shape({
    view: orNull(runView),
    details: orNull(runDetails),
    settings: shape({ provider, model: orNull(text), budgetUsd: orNull(amount), keySet: flag }),
    trusted: flag,
    recent: listOf(runSummary),
    monotonicMs: amount,
  }),
  report: shape({ runId: text, fromSeq: whole, toSeq: whole, entries: listOf(reportEntry) }),
  summary: shape({ runId: text, summary: reportSummary }),
  "show-finding": shape({ path: text, id: text }),
});

const viewMessage = union({
  ready: shape({ runId: orNull(text), lastSeq: whole }),
  command: shape({ command: oneOf(...PANEL_COMMANDS) }),
  open: shape({ path: text, line: position, column: position }),
});

/** For the view: the message, or null when it is not one. */
export function parseHostMessage(value: unknown): HostMessage | null {
  return hostMessage(value) ? (value as HostMessage) : null;
}

/** For the extension: the message, or null when it is not one. */
export function parseViewMessage(value: unknown): ViewMessage | null {
  return viewMessage(value) ? (value as ViewMessage) : null;
}
