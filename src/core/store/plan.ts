/** What a plan is asked for, and what it says: every file, its units, and what is known of each. */
import type { Severity } from "../../shared/report.ts";
import type { Folder } from "../engine.ts";
import type { ContentFinding, OutlineTask } from "../offline/analysis.ts";
import type { LearnedByModel } from "../review/learnCosts.ts";
import type { StoredReview, StoredVerdict } from "./storedReview.ts";

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
  /** Somebody else has paid for it, and this is the first run that knows. */
  readonly fromTeam?: true;
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

/** How often something was asked for, and how often it was not known. */
export interface LookupCount {
  readonly calls: number;
  /** Worked out, or tried in vain. */
  readonly made: number;
  readonly failures: number;
  readonly ms: number;
}

/** What one round of planning has looked up. */
export interface PlanLookups {
  /** What files hold; known by their stamps, or read. */
  readonly contents: LookupCount;
  readonly signatures: LookupCount;
  /** Stored outlines that were found. */
  readonly outlines: number;
}

/** What is stored of a workspace's last report, without a look at it. */
export interface LastReport {
  /** Of the run that has told it last; null: there is none. */
  readonly runId: string | null;
  /** All that it rests on is as it was. */
  readonly holds: boolean;
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
  /** Missing: the last report was the answer. */
  readonly lookups?: PlanLookups;
  /** Of all that a report of this plan rests on, for `saveReport`; null: not known, or it may change unseen. */
  readonly state: string | null;
  /** A SavedReport as JSON in UTF-8, which still holds: there are no files in this plan. */
  readonly unchanged?: Uint8Array;
  /** From the earlier replies of each model that is asked, by name; what too little is known of is missing. */
  readonly learned?: LearnedByModel;
}
