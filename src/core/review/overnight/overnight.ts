/** What the outside asks of reviews at half price, and what it is told. */
import type { BatchState } from "../../store/batches.ts";

export interface OvernightOptions {
  readonly signal?: AbortSignal;
  /** Somebody was told that it costs at most that; missing: what its own plan comes to. Beyond it nothing is submitted. */
  readonly agreedUsd?: number;
  /** Files looked at so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was handed over; nothing of it is reviewed yet. */
export interface OvernightSubmission {
  readonly provider: string;
  readonly model: string;
  readonly endpoint: string;
  readonly batches: readonly OvernightBatch[];
  /** Parts of files whose review is now on its way. */
  readonly submitted: number;
  /** Of what was submitted now. */
  readonly atMostUsd: number;
  /** False: the price is not known, and `atMostUsd` says nothing. */
  readonly priceKnown: boolean;
  /** Answered already, on their way already, or the same as another one. */
  readonly known: number;
  /** For which the budget, or the day's, had no room. */
  readonly beyondBudget: number;
  /** That could not be read, or are asked for by another run right now: one line each, at most ten. */
  readonly leftOut: readonly string[];
  /** Why not all of it was submitted; null: nothing went wrong. */
  readonly problem: string | null;
}

/** One batch, as it is known here. */
export interface OvernightBatch {
  /** Ours. */
  readonly id: string;
  /** For people: the folders' names. */
  readonly workspace: string;
  readonly provider: string;
  readonly model: string;
  /** To which its code went: scheme, host and port. */
  readonly origin: string;
  readonly state: BatchState;
  /** The provider's own word; null: not asked yet. */
  readonly remoteState: string | null;
  readonly remoteId: string | null;
  /** ISO 8601. */
  readonly submittedAt: string;
  /** ISO 8601: by then the provider is done, or gives the rest up; null: it did not say. */
  readonly expiresAt: string | null;
  readonly units: number;
  /** That the provider has done, as it says. */
  readonly done: number;
  readonly reviewed: number;
  readonly failed: number;
  /** That the provider did not come to: not billed, and planned again. */
  readonly expired: number;
  readonly atMostUsd: number;
  readonly costUsd: number;
  readonly maybeBilledUsd: number;
  readonly problem: string | null;
}

export interface OvernightStatus {
  /** Newest first. */
  readonly batches: readonly OvernightBatch[];
  /** Parts of files whose reviews are outstanding. */
  readonly outstanding: number;
}

/** What came in just now, and how all stands after it. */
export interface OvernightCollection extends OvernightStatus {
  readonly reviewed: number;
  readonly failed: number;
  readonly expired: number;
  readonly costUsd: number;
  /** Batches that could not be asked for, and why: one line each. */
  readonly problems: readonly string[];
}
