/** Answers as they are stored, and the second looks at what they claim. */
import type { Finding, SecondLook } from "../../shared/report.ts";

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
