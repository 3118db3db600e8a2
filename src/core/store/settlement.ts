/** What a request has brought and cost. */
import type { RequestUsage } from "../../shared/events.ts";
import type { LookRow, StoredReview, StoredVerdict } from "./storedReview.ts";

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
