/**
 * The store as the host's thread sees it. Everything behind it (SQLite, the snapshot, the plan) lives in one worker,
 * because node:sqlite blocks its thread while another process holds the lock.
 */
import type { RequestUsage } from "../../shared/events.ts";
import type { Dismissal, DismissalTarget, NewDismissal } from "../../shared/dismissal.ts";
import type { Finding, Report, SecondLook, Severity } from "../../shared/report.ts";
import type { Spending } from "../../shared/panelFigures.ts";
import type { CacheStats, CacheVerification, Erased, Folder, TrustedFolders } from "../engine.ts";
import type { ContentFinding, OutlineTask } from "../offline/analysis.ts";
import type { LearnedByModel } from "../review/learnCosts.ts";
import type { AskedUnit } from "../review/missReason.ts";
import type { BatchStore } from "./batches.ts";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";

/** A model's finding, anchored in its unit: lines count from the unit's first line. Path and id are added later. */
export interface UnitFinding extends Omit<Finding, "path" | "id"> {
  /** What code that the model did not see could refute it, in its words; missing: it named none. */
  readonly needs?: string;
}

/** Under what a claim's second look is found. */
export interface LookKeys {
  /** Of what is looked at and how: the same code and claim have the same, wherever they stand. */
  readonly key: string;
  /** Of the claim in its stored review: known without reading its file. */
  readonly place: string;
}

export interface LookRow extends LookKeys {
  readonly look: SecondLook;
  /** Its share of its request; null: unknown. */
  readonly listPriceNano: number | null;
}

export interface StoredReview {
  readonly summary: string | null;
  readonly findings: readonly UnitFinding[];
  /** Findings whose quote was nowhere in the unit. */
  readonly dropped: number;
}

/** An answer that is no review and would be the same again: a refusal, or a reply that stays unparseable. */
export interface StoredVerdict {
  readonly code: "refused" | "reply-unparseable";
  readonly message: string;
}

export interface PlanRequest {
  readonly folders: readonly Folder[];
  readonly only: readonly string[] | null;
  /** Folders; null: all, but for what `only` says. */
  readonly under: readonly string[] | null;
  /** A git revision: only files that differ from it; null: all. */
  readonly since: string | null;
  /** True: of the files in `only`, those that a plan about all would look at. */
  readonly listedOnly?: boolean;
  readonly trusted: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly maxFileKb: number;
  /** null: no model, the offline engine alone. */
  readonly recipe: string | null;
  /** How errors are asked about once more; null: they are not. */
  readonly refuterRecipe: string | null;
  readonly model: string | null;
  /** Who reviews what is complex or security-sensitive instead; null: nobody does. */
  readonly strong: StrongRecipe | null;
  /** Of the rules and checks: analyses of another version do not count. */
  readonly offlineVersion: string;
  /** Of whoever makes outlines: those of another version do not count. */
  readonly outlineVersion: string;
  /** False: a plan that needs outlines comes back with `missingOutlines` instead of being made without them. */
  readonly withoutMissing: boolean;
  /** False: nothing stored is looked up. */
  readonly useCache: boolean;
  /** Id of the folders together: what its own requests came to says most about the next ones. */
  readonly workspace?: string;
  /** False: what is submitted for the night is planned as a miss all the same. Default: true. */
  readonly waitForBatches?: boolean;
  /** Given: where nothing has changed since the workspace's last report, that one is the answer. */
  readonly repeatable?: Repeatable;
}

/** What shapes a report beside its plan. */
export interface Repeatable {
  /** Of the reports. */
  readonly workspace: string;
  readonly minimumSeverity: Severity;
}

/** As the fields of the request's own model. */
export interface StrongRecipe {
  readonly recipe: string;
  readonly refuterRecipe: string | null;
  readonly model: string;
}

/** A symbol that a unit uses, by which a later miss is explained. */
export interface ContextSymbol {
  /** As reported. */
  readonly path: string;
  readonly name: string;
  /** Tells one signature from another. */
  readonly hash: string;
}

/** What a unit's request carries besides the workspace's own text. */
export interface UnitSignatures {
  /** "" where nothing is known of what it uses. */
  readonly text: string;
  readonly symbols: readonly ContextSymbol[];
}

export interface PlannedUnit {
  readonly key: string;
  /** sha256 of all that its request carries beside its own text. */
  readonly contextHash: string;
  /** null: it is answered already. */
  readonly signatures: UnitSignatures | null;
  /** 0 for a whole file, else the chunk's place in it. */
  readonly ordinal: number;
  /** sha256 of its own text. */
  readonly contentHash: string;
  /** When it was submitted for the night (milliseconds since 1970) and is not sent for that; missing: it was not. */
  readonly submittedAtMs?: number;
  /** Why it has to be sent; null: it is answered already, or submitted for the night. */
  readonly missReason: string | null;
  /** Files, as reported, in which what its request carries has changed, and nothing else has; empty: another reason. */
  readonly changedIn: readonly string[];
  /** 1-based, inclusive; null: the whole file. */
  readonly lines: { readonly start: number; readonly end: number } | null;
  readonly sizeBytes: number;
  readonly review: StoredReview | null;
  /** Errors of the stored review that nobody has asked about again. */
  readonly unlooked: number;
  readonly verdict: StoredVerdict | null;
  /** A reply that was paid for and stored, but not yet read when its process ended. */
  readonly rawReply: {
    readonly requestId: string;
    readonly text: string;
    /** Where in the reply, 0-based, and among how many units; missing: the reply is about this one alone. */
    readonly place?: { readonly position: number; readonly units: number };
  } | null;
  /** What the stored review cost at list price, nano-dollars; null: unknown. */
  readonly listPriceNano: number | null;
  /** It was found in memory; missing: on disk, or nowhere. */
  readonly fromMemory?: true;
}

export interface PlannedFile {
  readonly path: string;
  readonly absolutePath: string;
  readonly sizeBytes: number;
  readonly language: string | null;
  readonly kind: "source" | "data" | null;
  readonly skip: string | null;
  readonly failure: string | null;
  readonly contentHash: string | null;
  /** Index into the plan's contexts. */
  readonly folder: number;
  /** Of a library that is kept in the workspace; missing: it is the workspace's own, or its path alone says so. */
  readonly isVendored?: true;
  readonly analysisKey: string | null;
  /** null: the offline engine has to look at it. */
  readonly analysis: readonly ContentFinding[] | null;
  /** Why the strong model reviews it; null: the usual one does. */
  readonly strongReason: string | null;
  readonly units: readonly PlannedUnit[];
}

export interface WorkspaceContext {
  /** Absolute path of the folder it is about. */
  readonly folder: string;
  readonly text: string;
  readonly hash: string;
}

/** Stored answers by where they were found. */
export interface TierHits {
  readonly memory: number;
  readonly disk: number;
  readonly team: number;
}

export interface Plan {
  /** Of the units' answers; left out: all were found on disk. */
  readonly hits?: TierHits;
  readonly files: readonly PlannedFile[];
  /** One per folder. */
  readonly contexts: readonly WorkspaceContext[];
  /** Not empty: there is no plan yet, these have to be made and saved first. */
  readonly missingOutlines: readonly OutlineTask[];
  readonly phases: { readonly snapshotMs: number; readonly planMs: number };
  /** Of all that a report of this plan rests on, for `saveReport`; null: not known, or it may change unseen. */
  readonly state: string | null;
  /** A SavedReport as JSON in UTF-8, which still holds: there are no files in this plan. */
  readonly unchanged?: Uint8Array;
  /** From the earlier replies of each model that is asked, by name; what too little is known of is missing. */
  readonly learned?: LearnedByModel;
}

/** A source file as far as it is known without a model. */
export interface SurveyedFile {
  /** As reported. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly lines: number;
  readonly functions: number;
  /** Of its most complex function. */
  readonly cognitiveComplexity: number;
  /** Files of the workspace that use it. */
  readonly importers: number;
  /** That touched it in the last year; null: unknown. */
  readonly commits: number | null;
  /** Ids of the security rules that have found something in it. */
  readonly sinks: readonly string[];
}

export interface Survey {
  /** Not empty: these have to be made and saved first. */
  readonly missingOutlines: readonly OutlineTask[];
  readonly files: readonly SurveyedFile[];
  /** Files that use each other in a circle. */
  readonly cycles: readonly (readonly string[])[];
}

export interface AnalysisRow {
  readonly key: string;
  readonly findings: readonly ContentFinding[];
  /** What making it took; left out: unknown. */
  readonly costMs?: number;
}

export interface OutlineRow {
  /** Of the bytes that were read. */
  readonly contentHash: string;
  readonly language: string;
  readonly outlineVersion: string;
  readonly outline: MeasuredOutline;
  /** What making it took; left out: unknown. */
  readonly costMs?: number;
}

export interface RunRow {
  readonly id: string;
  readonly workspace: string;
  readonly provider: string;
  readonly model: string | null;
}

/** A part of a file, and what a request about it is made of. */
export interface UnitPlace extends AskedUnit {
  /** Absolute. */
  readonly path: string;
  readonly ordinal: number;
}

/** What a request is made of, UTF-8 bytes: by it the next quote learns. */
export interface RequestSize {
  /** All of it, the reply's schema included. */
  readonly promptBytes: number;
  /** What it has in common with others of its folder: schema, instructions, workspace. */
  readonly sharedBytes: number;
  /** The units as they are sent, with their headings and line numbers. */
  readonly ownBytes: number;
  /** The units as they are in their files. */
  readonly unitBytes: number;
  /** Of the first one. */
  readonly language: string;
  /** How many it asks for a review of; 0: it is a second look at one. */
  readonly units: number;
  /** Of the answer. */
  readonly recipe: string;
}

/** Written before a request is sent. */
export interface Intent {
  readonly place: UnitPlace;
  /** Why it is sent. */
  readonly reason: string;
  readonly requestId: string;
  readonly runId: string;
  readonly key: string;
  readonly provider: string;
  readonly model: string;
  readonly origin: string;
  readonly attempt: number;
  readonly reservedNano: number;
  /** Missing: nothing can be learned from it. */
  readonly size?: RequestSize;
  /** True: also what was submitted for the night is asked for, and paid twice. */
  readonly asksAgain?: boolean;
}

/** As an intent, for a second look at the claims of one unit. */
export interface LookIntent extends Omit<Intent, "place"> {
  readonly looks: readonly LookKeys[];
}

export type LookAnswer = Exclude<IntentAnswer, { readonly outcome: "answered" | "submitted" }>;

/** A calendar day, local time. */
export interface DaySpending {
  /** Billed, and what may have been. */
  readonly spentNano: number;
  /** For requests that have not ended. */
  readonly reservedNano: number;
  /** The next midnight, milliseconds since 1970. */
  readonly endsAtMs: number;
}

/** `granted`: the intent is durable and this process may send. Otherwise nothing was written. */
export type IntentAnswer =
  | { readonly outcome: "granted"; readonly day?: DaySpending }
  /** It would pass the daily budget. `mayFit`: not if what others have reserved turns out to cost less. */
  | { readonly outcome: "over-daily-budget"; readonly day: DaySpending; readonly mayFit: boolean }
  | { readonly outcome: "answered"; readonly unit: Pick<PlannedUnit, "review" | "verdict" | "listPriceNano"> }
  /** It was paid for, and nobody has read the reply: it is this one's to read and to settle; the lease is taken. */
  | { readonly outcome: "unread"; readonly rawReply: NonNullable<PlannedUnit["rawReply"]> }
  | { readonly outcome: "held"; readonly expiresInMs: number }
  /** It is in a batch whose results are outstanding. */
  | { readonly outcome: "submitted" };

/** Written before a request about several units is sent. */
export interface PackIntent extends Omit<Intent, "place"> {
  /** In the order of the request. */
  readonly units: readonly { readonly key: string; readonly place: UnitPlace }[];
}

/** `broken-up`: some are answered, or held by another process; nothing was written and nothing is held. */
export type PackAnswer =
  | Extract<IntentAnswer, { readonly outcome: "granted" | "over-daily-budget" }>
  | {
      readonly outcome: "broken-up";
      readonly answered: readonly {
        readonly key: string;
        readonly unit: Pick<PlannedUnit, "review" | "verdict" | "listPriceNano">;
      }[];
      /** Keys. */
      readonly held: readonly string[];
    };

/** What a reply about several units has brought. */
export interface PackSettlement {
  readonly requestId: string;
  /** Of the pack. */
  readonly key: string;
  /** Of the units that it answers for. */
  readonly settlements: readonly Settlement[];
  /** Why it answers for none. */
  readonly code: string | null;
}

export interface Receipt {
  readonly usage: RequestUsage | null;
  /** null: unknown. */
  readonly costNano: number | null;
  readonly maybeNano: number;
  readonly serviceTier: string | null;
  readonly providerRequestId: string | null;
}

export interface Settlement {
  readonly requestId: string;
  readonly key: string;
  readonly recipe: string;
  readonly model: string;
  readonly runId: string;
  readonly listPriceNano: number | null;
  readonly review: StoredReview | null;
  readonly verdict: StoredVerdict | null;
  /** Of a request that was no review. */
  readonly looks?: readonly LookRow[];
  /** Why neither a review nor a verdict came of it (a truncated reply, say). */
  readonly code: string | null;
}

export interface SavedReport {
  readonly report: Report;
  /** sha256 of the content each file's findings are about. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Left out of the report because a person dismissed them; missing in reports of before there were such. */
  readonly dismissed?: readonly Finding[];
  /** By path: what a model says each file is for. */
  readonly summaries?: Readonly<Record<string, string>>;
}

/** What a run says of itself that has found nothing changed; everything else is as it was. */
export type RepeatedReport = Pick<Report, "run" | "usage" | "cost" | "cache" | "latency" | "memory">;

/** `some-files`: all others keep what they had. `on-save`: it is no run of its own, see `RunRequest.onSave`. */
export type ReportScope = "workspace" | "some-files" | "on-save";

/** What outlines and the graph of imports can tell of a workspace. Paths as reported. */
export type OutlineQuestion =
  | { readonly kind: "imports" | "importers"; readonly path: string }
  | { readonly kind: "symbols"; readonly query: string; readonly symbolKind: string | null; readonly limit: number };

export interface FoundSymbol {
  readonly path: string;
  readonly name: string;
  readonly kind: string;
  readonly container: string;
  readonly signature: string;
  /** Offset in the file of that content, UTF-16 units. */
  readonly start: number;
  readonly contentHash: string;
}

export interface OutlineAnswer {
  /** Not empty: these have to be made and saved first. */
  readonly missingOutlines: readonly OutlineTask[];
  /** Files that are used, or that use it, with the symbols in question; `*` where any may be. */
  readonly files: readonly { readonly path: string; readonly symbols: readonly string[] }[];
  /** Imports that stand for no file of the workspace, as written, sorted. */
  readonly outside: readonly string[];
  /** Best first. */
  readonly symbols: readonly FoundSymbol[];
  /** Of symbols that fit. */
  readonly total: number;
}

export interface Store extends BatchStore {
  /** Opens the database. Rejects with store-failed. Resolves with what a person should be told. */
  open(): Promise<readonly string[]>;
  /** Rejects with `cancelled` at once when the signal is aborted; git, if it runs, is ended. */
  plan(request: PlanRequest, signal?: AbortSignal): Promise<Plan>;
  /** As `plan`, for what is known without a model. */
  survey(request: PlanRequest, signal?: AbortSignal): Promise<Survey>;
  /** As `plan`, for one question. */
  ask(request: PlanRequest, question: OutlineQuestion, signal?: AbortSignal): Promise<OutlineAnswer>;
  /** undefined: it is not stored. */
  outline(contentHash: string, language: string, outlineVersion: string): Promise<MeasuredOutline | undefined>;
  saveOutlines(rows: readonly OutlineRow[]): Promise<void>;
  saveAnalyses(rows: readonly AnalysisRow[]): Promise<void>;
  /** From here to its end the store cannot be erased. */
  startRun(run: RunRow): Promise<void>;
  endRun(runId: string, state: string): Promise<void>;
  /** @param dailyLimitNano what the day may cost with this request; null: there is no daily budget */
  recordIntent(intent: Intent, useCache: boolean, dailyLimitNano?: number | null): Promise<IntentAnswer>;
  /** As `recordIntent`, with the leases of all units or of none. */
  recordPackIntent(intent: PackIntent, useCache: boolean, dailyLimitNano?: number | null): Promise<PackAnswer>;
  /** In the order given; undefined: not looked at yet. What is found is known by its place from now on. */
  findLooks(keys: readonly LookKeys[]): Promise<readonly (SecondLook | undefined)[]>;
  /** `held` too when another process has just looked: then they are found. */
  recordLookIntent(intent: LookIntent, useCache: boolean, dailyLimitNano: number | null): Promise<LookAnswer>;
  /** By all processes that share the store. */
  spentToday(): Promise<DaySpending>;
  /** The raw paid reply, before anyone tries to read it. */
  recordReply(requestId: string, raw: string, receipt: Receipt): Promise<void>;
  /** Usage and review (or verdict) in one commit; ends the lease. */
  settle(settlement: Settlement): Promise<void>;
  /** As `settle`, for all units that have an answer; ends the leases of all. */
  settlePack(settlement: PackSettlement): Promise<void>;
  /** A request that brought no reply. */
  recordFailure(requestId: string, code: string, receipt: Receipt): Promise<void>;
  /** @param state see `Plan.state`; null: the report is not to be repeated */
  saveReport(
    workspace: string,
    saved: SavedReport,
    scope: ReportScope,
    folders: readonly Folder[],
    state?: string | null,
  ): Promise<void>;
  /** The last report still holds, and its run has ended. */
  repeatReport(workspace: string, repeated: RepeatedReport): Promise<void>;
  /** With the dismissals of now applied. */
  lastReport(workspace: string, of: TrustedFolders): Promise<Report | null>;
  /** Those of this machine, then those of the repositories' own, which count where they are trusted. */
  dismissals(of: TrustedFolders): Promise<Dismissal[]>;
  /**
   * Durable when it resolves. The newer one of two about the same stands. What a folder's team shares goes to its
   * file, all else stays on this machine.
   */
  dismiss(of: TrustedFolders, added: readonly NewDismissal[]): Promise<void>;
  /** Returns how many there were. */
  undismiss(of: TrustedFolders, targets: readonly DismissalTarget[]): Promise<number>;
  /** Moves this machine's dismissals to the folders' own files. Returns how many there were. */
  shareDismissals(folders: readonly Folder[]): Promise<number>;
  spending(workspace: string, sinceMs: number): Promise<Spending>;
  stats(): Promise<CacheStats>;
  verify(): Promise<CacheVerification>;
  prune(maxBytes: number): Promise<number>;
  clear(): Promise<number>;
  /** Rejects with `store-busy` while a run is under way anywhere on this machine. */
  eraseAll(): Promise<Erased>;
  /** Gives back this process's leases, closes the database and ends the thread. */
  close(): Promise<void>;
}
