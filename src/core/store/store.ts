/**
 * The store as the host's thread sees it. Everything behind it (SQLite, the snapshot, the plan) lives in one worker,
 * because node:sqlite blocks its thread while another process holds the lock.
 */
import type { Dismissal, DismissalTarget, NewDismissal } from "../../shared/dismissal.ts";
import type { Spending } from "../../shared/panelFigures.ts";
import type { Report, SecondLook } from "../../shared/report.ts";
import type { CacheStats, CacheVerification, Erased, Folder, TrustedFolders } from "../engine.ts";
import type { ContentFinding } from "../offline/analysis.ts";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";
import type { BatchStore } from "./batches.ts";
import type { DaySpending, Intent, IntentAnswer, LookAnswer, LookIntent, PackAnswer, PackIntent } from "./intent.ts";
import type { LastReport, Plan, PlanRequest } from "./plan.ts";
import type { RepeatedReport, SavedReport, Saving } from "./savedReport.ts";
import type { PackSettlement, Receipt, Settlement } from "./settlement.ts";
import type { SharedAnswer } from "./sharedAnswer.ts";
import type { LookKeys } from "./storedReview.ts";
import type { OutlineAnswer, OutlineQuestion, Survey } from "./survey.ts";

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

export interface Store extends BatchStore {
  /** Opens the database. Rejects with store-failed. Resolves with what a person should be told. */
  open(): Promise<readonly string[]>;
  /** Rejects with `cancelled` at once when the signal is aborted; git, if it runs, is ended. */
  plan(request: PlanRequest, signal?: AbortSignal): Promise<Plan>;
  /** Looks at every file. */
  unchanged(request: PlanRequest, signal?: AbortSignal): Promise<LastReport>;
  /** Whether the report of that run is the last one and holds, if no file has changed since this store has looked. */
  holds(request: PlanRequest, runId: string): Promise<boolean>;
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
  /** As `recordReply` and `settle` in one commit; ends the leases of all claims. */
  settleLook(requestId: string, raw: string, receipt: Receipt, settlement: Settlement): Promise<void>;
  /** What others have paid for, in one commit. */
  saveShared(answers: readonly SharedAnswer[]): Promise<void>;
  /** A request that brought no reply. */
  recordFailure(requestId: string, code: string, receipt: Receipt): Promise<void>;
  saveReport(workspace: string, saved: SavedReport, saving: Saving): Promise<void>;
  /** The last report still holds, as this store has last seen the files, and its run has ended. */
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
  /** Answers that are held in memory beside the database are read from it again. */
  forgetRecent(): Promise<void>;
  /** Gives memory back that the next work takes again: the thread stays as ready as it is. */
  rest(): Promise<void>;
  stats(): Promise<CacheStats>;
  verify(): Promise<CacheVerification>;
  prune(maxBytes: number): Promise<number>;
  clear(): Promise<number>;
  /** Rejects with `store-busy` while a run is under way anywhere on this machine. */
  eraseAll(): Promise<Erased>;
  /** Gives back this process's leases, closes the database and ends the thread. */
  close(): Promise<void>;
}
