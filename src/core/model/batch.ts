/** Many requests handed to a provider at once, answered within a day at half price. Adapters only speak the wire. */
import type { ErrorCode } from "../../shared/errors.ts";
import type { ModelReply, ModelRequest } from "./model.ts";

export interface BatchRequest {
  /** By it the answer is found again: letters, digits, `-` and `_`, at most 64. Unique within everything ever sent. */
  readonly customId: string;
  readonly request: ModelRequest;
}

/** What one batch may hold: below what providers allow, so that a batch fits into memory and comes back sooner. */
export const MAX_BATCH_REQUESTS = 1_000;
export const MAX_BATCH_BYTES = 32 * 1024 * 1024;

export interface RemoteBatch {
  /** The provider's own. */
  readonly id: string;
  /** `ended`: it changes no more, and what there is of it can be fetched. */
  readonly state: "running" | "cancelling" | "ended";
  /** How the provider calls its state. */
  readonly word: string;
  /** Milliseconds since 1970; null: it does not say. */
  readonly expiresAtMs: number | null;
  /** Requests that have their answer, good or bad. */
  readonly done: number;
  /** Why there is nothing of it at all; null: nothing is known to be wrong. */
  readonly problem: string | null;
  /** Files of the provider's that belong to it. */
  readonly files: readonly string[];
}

/** What came of one request. `expired`: the provider did not come to it, or was asked to stop: it bills nothing. */
export type BatchResult =
  | { readonly customId: string; readonly reply: ModelReply }
  | { readonly customId: string; readonly failure: { readonly code: ErrorCode; readonly isExpired: boolean } };

/** A batch as we know it, whose fate at the provider is not known. */
export interface LostBatch {
  /** Ours. */
  readonly id: string;
  readonly createdAtMs: number;
  /** Of its requests. */
  readonly customIds: ReadonlySet<string>;
  /** Batches that are known to be others. */
  readonly knownIds: ReadonlySet<string>;
}

export interface BatchClient {
  /** One request as it is sent. */
  line(request: BatchRequest): string;
  /**
   * Sends once. A ModelError whose `billed` is `maybe` leaves open whether the provider has it: look for it, never send
   * it again.
   * @param id ours; the provider keeps it where its protocol has a place for it
   * @param onUploaded called before the batch itself is made, where a file goes ahead
   */
  submit(id: string, lines: readonly string[], onUploaded: (fileId: string) => Promise<void>): Promise<RemoteBatch>;
  /** `unclear`: one may be it, which cannot be told before it has ended. null: the provider has none. */
  find(lost: LostBatch): Promise<RemoteBatch | "unclear" | null>;
  retrieve(id: string): Promise<RemoteBatch>;
  /** Of one that has ended. */
  results(batch: RemoteBatch): Promise<readonly BatchResult[]>;
  cancel(id: string): Promise<RemoteBatch>;
  /** Removes code and answers from the provider's storage. */
  discard(batch: { readonly id: string | null; readonly files: readonly string[] }): Promise<void>;
}
