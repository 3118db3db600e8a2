/** What a run may cost before somebody is asked again: the quote's "at most". */
import { formatUsd } from "../../shared/format.ts";
import type { RunOptions } from "../engine.ts";
import type { Agreement } from "../flow/budget.ts";
import type { Planned } from "./planStage.ts";
import { budgetOf, type Run } from "./run.ts";

export interface LiveAgreement extends Agreement {
  /** For the report, as it stands. */
  readonly atMostUsd: number;
}

export function agreeOn(
  run: Run,
  { estimate }: Planned,
  { agreedUsd: toldUsd, onQuoteReached }: RunOptions,
): LiveAgreement {
  const { reviewing, emit } = run;
  const firstUsd = Math.min(estimate.quote.atMostUsd, toldUsd ?? Infinity);
  let usd = firstUsd;
  // Without a price nothing can be agreed on, and nothing is counted.
  const isKnown = reviewing.chosen?.priceKnown ?? false;
  return {
    usd: isKnown ? firstUsd : Infinity,
    get atMostUsd() {
      return usd;
    },
    async ask({ agreedUsd, spentUsd, nextUsd }) {
      // As much again as is spent, so that few questions reach any sum, and enough for one request; the budget stands
      // whatever is answered.
      const wantedUsd = spentUsd + Math.max(firstUsd, spentUsd, nextUsd);
      const nextAtMostUsd = Math.min(wantedUsd, budgetOf(reviewing) ?? Infinity);
      if (!(await onQuoteReached?.({ atMostUsd: agreedUsd, spentUsd, nextAtMostUsd }))) return null;
      usd = nextAtMostUsd;
      const message = `It costs more than quoted: the run goes on and may cost up to ${formatUsd(usd)}.`;
      emit({ type: "notice", level: "warning", message });
      return usd;
    },
  };
}
