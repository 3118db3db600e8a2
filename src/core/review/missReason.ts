/** Why a unit has to be sent: in the words that the plan, the report and the ledger show. */

/** What a request for a unit was made of, as far as it explains the next one. */
export interface AskedUnit {
  /** sha256 of the unit's own text. */
  readonly contentHash: string;
  /** sha256 of the shared text that its request carries. */
  readonly contextHash: string;
  readonly recipe: string;
  readonly model: string;
}

export interface EarlierUnit extends AskedUnit {
  /** How the newest request with the same parts ended; null: there is no record of one. */
  readonly outcome: "answered" | "failed" | "open" | null;
}

/** @param earlier what was last asked about this part of this path, be it answered or not; undefined: nothing ever */
export function missReason(now: AskedUnit, earlier: EarlierUnit | undefined): string {
  if (!earlier) return "new file";
  // The widest change first: with another model every unit is asked anew, edited or not.
  if (earlier.model !== now.model) return `model switched from ${earlier.model}`;
  if (earlier.recipe !== now.recipe) return "how Onceover asks has changed";
  if (earlier.contextHash !== now.contextHash) return "conventions or frameworks of the workspace changed";
  if (earlier.contentHash !== now.contentHash) return "edited";
  if (earlier.outcome === "failed") return "an earlier try failed";
  if (earlier.outcome === "open") return "an earlier try was interrupted";
  return "its stored answer is gone";
}

/** Why a file is asked about: its first part that is; undefined: all of it is answered. */
export function missReasonOf(file: {
  readonly units: readonly { readonly missReason: string | null }[];
}): string | undefined {
  return file.units.find((unit) => unit.missReason !== null)?.missReason ?? undefined;
}
