/** What second looks are likely to cost, and at most. */
import type { PriceBook } from "../../model/prices.ts";
import { MAX_EXCERPT_LENGTH } from "./excerpts.ts";
import { MAX_REFUTER_OUTPUT_TOKENS, refuterOverheadLength } from "./refuterPrompt.ts";

/** Of the units that are reviewed, so many are taken to claim at least one error. */
const SHARE_WITH_ERRORS = 0.3;
/** A claim as it is sent, with quote and scenario. */
const CLAIM_LENGTH = 700;
/** As many as a review may hold, each as long as it may be. */
const MAX_CLAIMS_LENGTH = 8 * 8_000;
const LIKELY_OUTPUT_TOKENS = 180;
const CHARACTERS_PER_TOKEN = 3.6;

export interface LookEstimate {
  /** 1, or how likely there will be one. */
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly likelyUsd: number;
  readonly atMostUsd: number;
}

interface LookedAtUnit {
  readonly sizeBytes: number;
  readonly signatures: { readonly text: string } | null;
  /** Errors that are known to be looked at; 0: the unit is yet to be reviewed. */
  readonly unlooked: number;
}

/** For one unit. */
export function estimateLook(unit: LookedAtUnit, model: string, prices: PriceBook): LookEstimate {
  const signatures = unit.signatures?.text.length ?? 0;
  const share = unit.unlooked > 0 ? 1 : SHARE_WITH_ERRORS;
  const claims = Math.max(1, unit.unlooked) * CLAIM_LENGTH;
  const shown = Math.min(unit.sizeBytes, MAX_EXCERPT_LENGTH) + signatures;
  const likelyInput = Math.round((refuterOverheadLength() + shown + claims) / CHARACTERS_PER_TOKEN);
  const usage = {
    inputTokens: likelyInput,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: LIKELY_OUTPUT_TOKENS,
  };
  const bound = {
    model,
    // No tokenizer makes more tokens than two for three bytes of dense code.
    inputTokens: Math.ceil((refuterOverheadLength() + unit.sizeBytes + signatures + MAX_CLAIMS_LENGTH) / 1.5),
    maxOutputTokens: MAX_REFUTER_OUTPUT_TOKENS,
  };
  return {
    requests: share,
    inputTokens: Math.round(likelyInput * share),
    outputTokens: Math.round(LIKELY_OUTPUT_TOKENS * share),
    likelyUsd: share * (prices.costOf({ model, usage, serviceTier: null }) ?? 0),
    atMostUsd: prices.upperBound(bound) ?? 0,
  };
}
