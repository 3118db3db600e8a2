/** What is written before a request is sent, and what the store says to it. */
import type { AskedUnit } from "../review/missReason.ts";
import type { PlannedUnit } from "./plan.ts";
import type { LookKeys } from "./storedReview.ts";

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

/** As an intent, for a second look at the claims of one unit, or of several. */
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
