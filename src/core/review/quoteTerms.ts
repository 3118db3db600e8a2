import { laneCount } from "./laneCount.ts";
import type { QuoteTerms } from "./quote.ts";
import type { Reviewing } from "./reviewing.ts";

/** What a quote depends on besides the plan. */
export function quoteTerms(reviewing: Pick<Reviewing, "chosen" | "strong" | "settings" | "refuterRecipe">): QuoteTerms {
  const { chosen, strong, refuterRecipe } = reviewing;
  return { chosen, strong: strong?.chosen ?? null, looksAgain: refuterRecipe !== null, lanes: laneCount(reviewing) };
}
