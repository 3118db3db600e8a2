/** A stored review with the second looks that are stored too. */
import type { FoundLook } from "../../store/looks.ts";
import type { StoredAnswer } from "../../store/reviews.ts";
import { claimPlace, openClaims, withLooks } from "./claims.ts";

export interface LookedAtAnswer extends StoredAnswer {
  /** Errors that nobody has asked about again. */
  readonly unlooked: number;
}

/** @param recipe null: nobody is to ask again, and what was answered before does not count */
export function withStoredLooks(
  answer: StoredAnswer,
  unitKey: string,
  recipe: string | null,
  find: (place: string) => FoundLook | undefined,
): LookedAtAnswer {
  if (recipe === null || !answer.review) return { ...answer, unlooked: 0 };
  let { listPriceNano } = answer;
  const review = withLooks(answer.review, (finding) => {
    const found = find(claimPlace(unitKey, finding, recipe));
    if (found && listPriceNano !== null) listPriceNano += found.listPriceNano ?? 0;
    return found?.look;
  });
  return { ...answer, review, listPriceNano, unlooked: openClaims(review).length };
}
