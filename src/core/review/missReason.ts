/** Why a unit has to be sent: in the words that the plan, the report and the ledger show. */

import type { ContextSymbol } from "../store/plan.ts";

/** What a request for a unit was made of, as far as it explains the next one. */
export interface AskedUnit {
  /** sha256 of the unit's own text. */
  readonly contentHash: string;
  /** sha256 of the shared text that its request carries. */
  readonly contextHash: string;
  readonly recipe: string;
  readonly model: string;
  /** What the context was made of; null: not known. */
  readonly parts: ContextParts | null;
}

export interface ContextParts {
  /** Tells the workspace's own text from another. */
  readonly workspace: string;
  /** Whose signatures the request carries. */
  readonly symbols: readonly ContextSymbol[];
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
  const isContext = earlier.contextHash !== now.contextHash;
  if (isContext && now.parts && earlier.parts && now.parts.workspace !== earlier.parts.workspace) {
    return "conventions or frameworks of the workspace changed";
  }
  // An edit may use other symbols than before: it is the reason then, not they.
  if (earlier.contentHash !== now.contentHash) return "edited";
  if (isContext) return contextReason(now.parts, earlier.parts);
  if (earlier.outcome === "failed") return "an earlier try failed";
  if (earlier.outcome === "open") return "an earlier try was interrupted";
  return "its stored answer is gone";
}

/**
 * Where what the unit uses has changed since it was last asked about: paths as reported. Empty where there is a wider
 * reason to ask, an edit of its own or none.
 */
export function changedIn(now: AskedUnit, earlier: EarlierUnit | undefined): string[] {
  if (!earlier?.parts || !now.parts) return [];
  const isOwn = earlier.model !== now.model || earlier.recipe !== now.recipe || earlier.contentHash !== now.contentHash;
  if (isOwn || earlier.parts.workspace !== now.parts.workspace || earlier.contextHash === now.contextHash) return [];
  const before = hashesByName(earlier.parts.symbols);
  const after = hashesByName(now.parts.symbols);
  const differing = [
    ...now.parts.symbols.filter(({ name, hash }) => !before.get(name)?.has(hash)),
    ...earlier.parts.symbols.filter(({ name, hash }) => !after.get(name)?.has(hash)),
  ];
  return [...new Set(differing.map(({ path }) => path))];
}

function contextReason(now: ContextParts | null, earlier: ContextParts | null): string {
  if (!now || !earlier) return "what it uses from other files changed";
  const before = hashesByName(earlier.symbols);
  const after = hashesByName(now.symbols);
  for (const { path, name, hash } of now.symbols) {
    const known = before.get(name);
    if (known?.has(hash)) continue;
    return known ? `\`${name}\` in ${path} changed its signature` : `\`${name}\`, which it uses, is now in ${path}`;
  }
  for (const { path, name } of earlier.symbols) {
    if (!after.has(name)) return `\`${name}\`, which it uses, is no longer in ${path}`;
  }
  return "what it uses from other files changed";
}

/** By name alone: a file that was moved is still what it was. */
function hashesByName(symbols: readonly ContextSymbol[]): Map<string, Set<string>> {
  const hashes = new Map<string, Set<string>>();
  for (const { name, hash } of symbols) hashes.set(name, (hashes.get(name) ?? new Set()).add(hash));
  return hashes;
}

/** Why a file is asked about: its first part that is; undefined: all of it is answered. */
export function missReasonOf(file: {
  readonly units: readonly { readonly missReason: string | null }[];
}): string | undefined {
  return file.units.find((unit) => unit.missReason !== null)?.missReason ?? undefined;
}
