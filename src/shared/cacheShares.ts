import type { RunCaches } from "./panelFigures.ts";
import type { Report } from "./report.ts";

/** Of what a run had to answer, how much was answered without asking; each from 0 to 1. */
export interface CacheShares {
  readonly memory: number;
  /** On disk, by the team, by a request under way or a similar file. */
  readonly stored: number;
  /** Of the input, what the provider's own cache held; null: nothing was asked. */
  readonly provider: number | null;
}

/** undefined: there was nothing to answer. */
export function cacheSharesOf(
  { hits, misses }: Pick<RunCaches, "hits" | "misses">,
  { inputTokens, cachedInputTokens }: Pick<Report["usage"], "inputTokens" | "cachedInputTokens">,
): CacheShares | undefined {
  const stored = hits.disk + hits.team + hits.inFlight + hits.semantic;
  const all = hits.memory + stored + misses;
  if (all === 0) return undefined;
  const provider = inputTokens > 0 ? cachedInputTokens / inputTokens : null;
  return { memory: hits.memory / all, stored: stored / all, provider };
}
