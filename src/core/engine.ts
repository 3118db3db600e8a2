/**
 * The engine: the whole core behind one factory. The editor and the command line reach it by one dynamic import.
 */
import type { DisposableLike } from "../shared/disposables.ts";
import type { Dismissal, DismissalTarget, NewDismissal } from "../shared/dismissal.ts";
import type { DailyBudget, Quote, Report } from "../shared/report.ts";
import type { Spending } from "../shared/panelFigures.ts";
import type { RunListener } from "../shared/events.ts";
import type { Settings } from "../shared/settings.ts";
import type { Ports } from "./ports.ts";
import type { Profiler } from "./profile/profiler.ts";
import type { Tools, ToolsWorkspace } from "./tools/openTools.ts";
import type {
  OvernightCollection,
  OvernightOptions,
  OvernightStatus,
  OvernightSubmission,
} from "./review/overnight/overnight.ts";

export interface Folder {
  /** Absolute path. */
  readonly path: string;
  /** Put before every path in reports: empty for a single folder, `name/` where there are several. */
  readonly prefix: string;
}

/** Where they are not trusted the repositories have no say. */
export interface TrustedFolders {
  readonly folders: readonly Folder[];
  readonly trusted: boolean;
}

export interface RunRequest {
  readonly folders: readonly Folder[];
  /** Only these files (as reported paths); undefined: all. */
  readonly only?: readonly string[];
  /**
   * Only files in these folders, named as in reports, without a trailing slash; a folder of the request is named by its
   * prefix. With `only`: what is in either. Ignored files are left out as in a run about all.
   */
  readonly under?: readonly string[];
  /**
   * A git revision: only files that differ from where the current branch left it (`git merge-base`), be it committed,
   * staged, unstaged or untracked; deleted files are left out. With `only` or `under`: what is in both. Rejects with `usage` when
   * there is no such revision, a folder is in no git repository, or the workspace is not trusted.
   */
  readonly since?: string;
  /**
   * A check beside the runs, of the saved files that `only` names: ignored ones are left out. `offline`: by the offline
   * engine alone, whatever the settings say; what a model found stays where its code is. `model`: an estimate is also
   * about the files whose requests the saved ones have changed; a run is about exactly those it names. The stored report
   * stays the one of the last run, with the findings of now; files that were not reviewed keep theirs.
   */
  readonly onSave?: "offline" | "model";
  /** An estimate is as for `overnight.submit`: at half price. */
  readonly overnight?: boolean;
  /** Sends nothing, whatever is missing: a report of what is stored, and of what the offline engine finds. */
  readonly storedOnly?: boolean;
  /** Untrusted: offline only, no process is started, the repository's own rule files do not count. */
  readonly trusted: boolean;
}

/** A branch that `RunRequest.since` can name. */
export interface Branch {
  /** As git names it where names are shared with tags too: `main`, `origin/main`, `heads/v1`. */
  readonly name: string;
  /** Of its newest commit, milliseconds since 1970. */
  readonly committedAtMs: number;
  /** Checked out. */
  readonly isCurrent: boolean;
  /** What the current branch was most likely made from; of one branch at most. */
  readonly isLikelyBase: boolean;
}

/** What a run would do and cost; nothing has been sent. */
export interface PlanSummary {
  readonly provider: Settings["provider"];
  readonly model: string | null;
  /** Who would review the files that are complex or security-sensitive; missing: the model above. */
  readonly strong?: { readonly model: string; readonly files: number };
  /** Origin; null: nothing is sent. */
  readonly endpoint: string | null;
  /** Origins that the same model is asked at besides; missing: none. */
  readonly otherEndpoints?: readonly string[];
  readonly files: number;
  readonly cachedFiles: number;
  readonly skippedFiles: number;
  readonly pendingFiles: number;
  /** Whose answers are outstanding from a batch, and that are not sent for that; missing: none. */
  readonly submittedFiles?: number;
  readonly hits: number;
  readonly misses: number;
  /** How many would be sent: reviews, of which small neighbours share one, and likely second looks. */
  readonly requests: number;
  /** Estimated tokens that would be sent and, likely, received. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly quote: Quote;
  /** Of how many earlier replies of the model the quote has learned; missing: of too few. */
  readonly learnedFrom?: number;
  readonly priceKnown: boolean;
  /** It is about a submission for the night, and its prices are those of batches. */
  readonly overnight?: boolean;
  readonly budgetUsd: number | null;
  /** Missing: no daily budget is set. */
  readonly daily?: DailyBudget;
  /** Files that would be sent, most bytes first. */
  readonly pending: readonly { readonly path: string; readonly sizeBytes: number; readonly reason: string }[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** What one request would be made of, secrets already replaced. */
export interface PromptPreview {
  /** Of the file, as reported. */
  readonly path: string;
  /** Of how many requests for this file it is the first. */
  readonly requests: number;
  /** In the order in which they are sent. */
  readonly parts: readonly { readonly role: "system" | "user"; readonly text: string }[];
  /** JSON schema of the reply. */
  readonly schema: object | null;
}

/** A file that deserves a look before others, and why. */
export interface HotSpot {
  /** As reported. */
  readonly path: string;
  /** From 0 up, only meant to be compared. */
  readonly score: number;
  /** By its content alone. */
  readonly level: "simple" | "complex";
  readonly lines: number;
  readonly functions: number;
  /** Of its most complex function. */
  readonly cognitiveComplexity: number;
  /** That touched it in the last year; null: unknown, without git or trust. */
  readonly commits: number | null;
  /** Files of the workspace that use it. */
  readonly importers: number;
  /** Ids of the security rules that have found something in it; it has to be analysed first. */
  readonly sinks: readonly string[];
  /** In English, most weighty first. */
  readonly reasons: readonly string[];
}

export interface HotSpots {
  /** All source files whose language is known, hottest first. */
  readonly spots: readonly HotSpot[];
  /** Groups of files that use each other in a circle. */
  readonly cycles: readonly (readonly string[])[];
}

export interface CacheStats {
  readonly databasePath: string;
  readonly sizeBytes: number;
  readonly reviews: number;
  readonly verdicts: number;
  readonly analyses: number;
  readonly dismissals: number;
  readonly runs: number;
  readonly ledgerRows: number;
  readonly spentUsd: number;
  readonly maybeBilledUsd: number;
  readonly sqliteVersion: string;
  readonly journalMode: string;
}

/** What was there and is gone. */
export interface Erased {
  readonly reviews: number;
  readonly analyses: number;
  readonly dismissals: number;
  readonly runs: number;
  readonly ledgerRows: number;
  /** Of the database as it is now. */
  readonly sizeBytes: number;
}

export interface CacheVerification {
  readonly ok: boolean;
  readonly checked: number;
  /** One line per problem. */
  readonly problems: readonly string[];
}

/** A report as its run has told it. */
export interface HeldReport {
  readonly report: Report;
  /** By path: what a model says each file is for. */
  readonly summaries: Readonly<Record<string, string>>;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: RunListener;
  /** Somebody was told that it costs at most that; missing: what its own plan comes to. */
  readonly agreedUsd?: number;
  /**
   * The run is about to cost more than that, or than `quote.atMostUsd`: asked once nothing is under way, and nothing is sent before
   * the answer. True: it may cost up to `nextAtMostUsd`. Missing, or false: it ends as at its budget.
   */
  readonly onQuoteReached?: (question: QuoteQuestion) => Promise<boolean>;
  /** Is told where the time of a run goes; default: nobody looks. */
  readonly profiler?: Profiler;
}

/** More is needed than a run was to cost at most. */
export interface QuoteQuestion {
  /** So far agreed to. */
  readonly atMostUsd: number;
  readonly spentUsd: number;
  /** What it may cost in all, once that is answered with yes. */
  readonly nextAtMostUsd: number;
}

export interface Engine {
  /** Snapshot and plan only. Sends nothing. */
  estimate(request: RunRequest, options?: RunOptions): Promise<PlanSummary>;
  /**
   * The first request of one of the files that an estimate calls pending, as a run would send it: reads that file and
   * sends nothing. null: nothing would be sent for it.
   */
  preview(request: RunRequest, path: string, options?: RunOptions): Promise<PromptPreview | null>;
  /** Free: outlines, the graph of who uses whom, and git's history. Sends nothing. */
  hotSpots(request: RunRequest, options?: RunOptions): Promise<HotSpots>;
  /**
   * Carries out a run. Resolves with a report also when stopped early (`report.run.stoppedBy`);
   * rejects only when no report can be made (missing folder, store failed before the start).
   */
  run(request: RunRequest, options?: RunOptions): Promise<Report>;
  /**
   * Tells a report again that the caller was told, as a run does that finds nothing changed. The caller answers for the
   * files: none has changed since before the run of that report began. They are not looked at, so ask `isUnchanged`
   * behind it. null: there is more to do, and nothing was begun.
   */
  repeat(request: RunRequest, held: HeldReport, options?: RunOptions): Promise<Report | null>;
  /**
   * Looks at every file: whether the last report of this request holds. Sends nothing. Where none is stored any more, none
   * is wrong: what somebody has cleared is not to be paid for again by itself.
   */
  isUnchanged(request: RunRequest, signal?: AbortSignal): Promise<boolean>;
  /**
   * Lets the next process answer the same request without loading the engine, for as long as git says that nothing has
   * changed: written when this engine is disposed of. Does nothing where that cannot be told. Never rejects.
   * @param question see standingQuestion
   * @param report what a run has just answered to the request
   */
  keepStanding(request: RunRequest, question: string, report: Report, signal?: AbortSignal): Promise<void>;
  /** The newest report of these folders, findings re-checked against the files as they are; null: none yet. */
  lastReport(request: RunRequest): Promise<Report | null>;
  /**
   * Local and remote branches that are in all of these folders, the likely base first, then the newest; at most 200.
   * None where git or a repository is missing, and none in a workspace that is not trusted: there git is not run.
   */
  branches(request: Pick<RunRequest, "folders" | "trusted">): Promise<readonly Branch[]>;
  /**
   * Read-only tools over these folders, whose answers are kept for as long as they hold. Sends nothing. The caller
   * disposes them before the engine.
   */
  openTools(workspace: ToolsWorkspace): Promise<Tools>;
  /** What people have dismissed in these folders. It is applied to reports and costs nothing. */
  readonly dismissals: {
    list(of: TrustedFolders): Promise<readonly Dismissal[]>;
    /** Durable when it resolves. The newer one of two about the same stands. */
    add(of: TrustedFolders, added: readonly NewDismissal[]): Promise<void>;
    /** Returns how many there were. */
    remove(of: TrustedFolders, targets: readonly DismissalTarget[]): Promise<number>;
    /**
     * Moves what is kept on this machine to the folders' own `.onceover/ignore.json`, for everyone who trusts them;
     * from then on new ones go there too. Returns how many there were.
     */
    share(folders: readonly Folder[]): Promise<number>;
  };
  /** Reviews at half price, within a day: the provider has them until they are collected. */
  readonly overnight: {
    /**
     * Hands over what a run would send, under the same budgets, and resolves when the provider has it. What it may cost
     * is reserved. Rejects when nothing could be submitted, with `invalid-setting` for a provider that takes no batches.
     */
    submit(request: RunRequest, options?: OvernightOptions): Promise<OvernightSubmission>;
    /** Of all batches of this store, as last heard of: asks nobody. */
    status(): Promise<OvernightStatus>;
    /** Asks providers, and stores what they have done. Free: what is billed was agreed to at submission. */
    collect(options?: OvernightOptions): Promise<OvernightCollection>;
    /** Asks providers to stop; what they have done is kept and billed, the rest is planned again. */
    cancel(options?: OvernightOptions): Promise<OvernightCollection>;
  };
  /** What was spent since `sinceMs` (1970) on this machine, and ever for these folders. */
  spending(folders: readonly Folder[], sinceMs: number): Promise<Spending>;
  readonly cache: {
    /** Stored answers that are held in memory, too; an estimate. */
    inMemory(): { readonly bytes: number; readonly count: number };
    /** Lets go of them: they are read from the disk again. */
    forgetInMemory(): Promise<void>;
    stats(): Promise<CacheStats>;
    verify(): Promise<CacheVerification>;
    /** Removes what can be computed again until it fits `maxBytes`. Returns rows removed. */
    prune(maxBytes: number): Promise<number>;
    /** Forgets reviews and analyses; the ledger stays. */
    clear(): Promise<number>;
  };
  /**
   * Empties the store: all that `cache.stats` counts, dismissals, reports, the ledger and copies of damaged files. It
   * cannot be taken back, and what was paid for will be paid for again. Rejects with `store-busy`, and erases nothing,
   * while a run of any process uses the store.
   */
  eraseAll(): Promise<Erased>;
  /** Another process has erased the store since this engine has used it: what is shown of it is gone. */
  onDidErase(listener: () => void): DisposableLike;
  /** Ends workers and closes the store. No timer, socket, process or lease is left. */
  dispose(): Promise<void>;
}

export type CreateEngine = (ports: Ports, settings: Settings) => Promise<Engine>;
