/** A paid answer that can be anybody's: what it is about is in its key alone. */
import type { SecondLook } from "../../shared/report.ts";
import type { Looks } from "./looks.ts";
import type { Reviews } from "./reviews.ts";
import type { StoredReview } from "./storedReview.ts";

interface Shared {
  readonly key: string;
  readonly model: string;
  readonly recipe: string;
  /** Nano-dollars; null: unknown. */
  readonly listPriceNano: number | null;
}

export interface SharedReview extends Shared {
  readonly kind: "review";
  readonly review: StoredReview;
}

export interface SharedLook extends Shared {
  readonly kind: "look";
  /** See LookKeys. */
  readonly place: string;
  readonly look: SecondLook;
}

export type SharedAnswer = SharedReview | SharedLook;

interface Tables {
  readonly reviews: Reviews;
  readonly looks: Looks;
}

/** In place of the run that paid for it. */
const ELSEWHERE = "team";

/** Call inside a transaction. What is here already was paid for here, or came before: it stays. */
export function saveShared({ reviews, looks }: Tables, answers: readonly SharedAnswer[]): void {
  for (const one of answers) {
    const { key, model, recipe, listPriceNano } = one;
    const about = { requestId: "", runId: ELSEWHERE, key, model, recipe, listPriceNano, verdict: null, code: null };
    if (one.kind === "review") {
      if (!reviews.find(key)) reviews.save({ ...about, review: one.review });
    } else if (!looks.find([{ key, place: one.place }])[0]) {
      reviews.save({ ...about, review: null, looks: [{ key, place: one.place, look: one.look, listPriceNano }] });
    }
  }
}
