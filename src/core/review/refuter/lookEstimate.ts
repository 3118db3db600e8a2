/** What second looks are likely to cost, and at most. */
import type { PriceBook } from "../../model/prices.ts";
import type { LearnedCosts } from "../learnCosts.ts";
import { CHARACTERS_PER_TOKEN } from "../requestEstimate.ts";
import { MAX_EXCERPT_LENGTH } from "./excerpts.ts";
import { MAX_REFUTER_OUTPUT_TOKENS, refuterOverheadLength } from "./refuterPrompt.ts";

/** Of the units that are reviewed, so many are taken to claim at least one error. */
const SHARE_WITH_ERRORS = 0.3;
/** A claim as it is sent, with quote and scenario. */
const CLAIM_LENGTH = 700;
/** As many as a review may hold, each as long as it may be. */
const MAX_CLAIMS_LENGTH = 8 * 8_000;
/** What a long one may have in the same request besides. */
const MANY_CLAIMS = 4;
const LIKELY_OUTPUT_TOKENS = 180;

export interface LookEstimate {
  /** 1, or how likely there will be one. */
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly likelyUsd: number;
  readonly atMostUsd: number;
  /** By how much one that is under way may ordinarily pass what is likely. */
  readonly riskUsd: number;
}

interface LookedAtUnit {
  readonly sizeBytes: number;
  readonly signatures: { readonly text: string } | null;
  /** Errors that are known to be looked at; 0: the unit is yet to be reviewed. */
  readonly unlooked: number;
}

interface Refuter {
  readonly name: string;
  readonly prices: PriceBook;
  readonly learned: Pick<LearnedCosts, "looks"> | undefined;
}

/** For one unit. */
export function estimateLook(unit: LookedAtUnit, { name: model, prices, learned }: Refuter): LookEstimate {
  const signatures = unit.signatures?.text.length ?? 0;
  const share = unit.unlooked > 0 ? 1 : (learned?.looks.share ?? SHARE_WITH_ERRORS);
  const claims = Math.max(1, unit.unlooked) * CLAIM_LENGTH;
  const shown = Math.min(unit.sizeBytes, MAX_EXCERPT_LENGTH) + signatures;
  const sentLength = refuterOverheadLength() + shown + claims;
  const tokens = learned?.looks.tokens;
  const usage = {
    inputTokens: Math.round(tokens ? tokens.input : sentLength / CHARACTERS_PER_TOKEN),
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: Math.round(tokens ? tokens.output : LIKELY_OUTPUT_TOKENS),
  };
  const maxOutputTokens = MAX_REFUTER_OUTPUT_TOKENS;
  // No tokenizer makes more tokens than two for three bytes of dense code.
  const inputTokens = Math.ceil((refuterOverheadLength() + unit.sizeBytes + signatures + MAX_CLAIMS_LENGTH) / 1.5);
  const ordinary = { model, inputTokens: sentLength + MANY_CLAIMS * CLAIM_LENGTH, maxOutputTokens };
  const likelyUsd = prices.costOf({ model, usage, serviceTier: null }) ?? 0;
  return {
    requests: share,
    inputTokens: Math.round(usage.inputTokens * share),
    outputTokens: Math.round(usage.outputTokens * share),
    likelyUsd: share * likelyUsd,
    atMostUsd: prices.upperBound({ model, inputTokens, maxOutputTokens }) ?? 0,
    riskUsd: Math.max(0, (prices.upperBound(ordinary) ?? 0) - likelyUsd),
  };
}
