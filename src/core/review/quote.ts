/** What a plan's misses are likely to cost, and at most. */
import type { Quote } from "../../shared/report.ts";
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import type { Plan } from "../store/store.ts";
import type { ChosenModel } from "./reviewing.ts";
import { needsLookAlone } from "./unitsToSend.ts";
import { PACK_OVERHEAD_LENGTH } from "./packPrompt.ts";
import type { Parcel } from "./parcels.ts";
import { MAX_OUTPUT_TOKENS, promptOverheadLength } from "./prompt.ts";
import { estimateLook } from "./refuter/lookEstimate.ts";
import { CHARACTERS_PER_TOKEN } from "./requestEstimate.ts";

/** What a review's reply has in the mean. */
const LIKELY_OUTPUT_TOKENS = 450;

export interface Estimate {
  /** Reviews, and the second looks that are likely to follow. */
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly quote: Quote;
}

const NOTHING: Estimate = { requests: 0, inputTokens: 0, outputTokens: 0, quote: { likelyUsd: 0, atMostUsd: 0 } };

/** Nothing without a model: the offline engine is free. */
export function estimatePlan(
  parcels: readonly Parcel[],
  plan: Pick<Plan, "contexts">,
  chosen: ChosenModel | null,
  looksAgain = false,
  strong: ChosenModel | null = null,
): Estimate {
  if (!chosen) return NOTHING;
  // All of a parcel is for the same model.
  const isStrong = ([job]: Parcel) => strong !== null && job!.file.strongReason !== null;
  const usual = estimateCost(
    parcels.filter((parcel) => !isStrong(parcel)),
    plan.contexts,
    chosen,
    looksAgain,
  );
  return strong ? sum(usual, estimateCost(parcels.filter(isStrong), plan.contexts, strong, looksAgain)) : usual;
}

function sum(a: Estimate, b: Estimate): Estimate {
  return {
    requests: a.requests + b.requests,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    quote: {
      likelyUsd: a.quote.likelyUsd + b.quote.likelyUsd,
      atMostUsd: a.quote.atMostUsd + b.quote.atMostUsd,
    },
  };
}

function estimateCost(
  parcels: readonly Parcel[],
  contexts: Plan["contexts"],
  { name: model, provider, prices }: ChosenModel,
  looksAgain: boolean,
): Estimate {
  const { minimumCacheTokens } = capabilitiesOf(model, provider);
  const upperBoundOf = (jobs: Parcel, overhead: number) => {
    const lengths = jobs.map(({ unit }) => [unit.signatures?.text.length ?? 0, unit.sizeBytes] as const);
    const signatures = lengths.reduce((sum, [length]) => sum + length, 0);
    const sizeBytes = lengths.reduce((sum, [, length]) => sum + length, 0);
    const inputTokens = boundTokens(overhead + signatures, sizeBytes);
    return prices.upperBound({ model, inputTokens, maxOutputTokens: MAX_OUTPUT_TOKENS });
  };
  const reviews = parcels.filter(([job]) => !needsLookAlone(job!));
  let looks = 0;
  let inputTokens = 0;
  let outputTokens = 0;
  let likelyUsd = 0;
  let atMostUsd = 0;
  const looked = looksAgain ? parcels.flat() : [];
  for (const { unit } of looked) {
    const look = estimateLook(unit, model, prices);
    looks += look.requests;
    inputTokens += look.inputTokens;
    outputTokens += look.outputTokens;
    likelyUsd += look.likelyUsd;
    atMostUsd += look.atMostUsd;
  }
  const written = new Set<string>();
  for (const parcel of reviews) {
    const { folder } = parcel[0]!.file;
    const isPack = parcel.length > 1;
    const overhead = promptOverheadLength(contexts[folder]?.text ?? "") + (isPack ? PACK_OVERHEAD_LENGTH : 0);
    const shared = Math.round(overhead / CHARACTERS_PER_TOKEN);
    const signatures = parcel.reduce((sum, { unit }) => sum + (unit.signatures?.text.length ?? 0), 0);
    const sizeBytes = parcel.reduce((sum, { unit }) => sum + unit.sizeBytes, 0);
    const own = Math.round((sizeBytes * 1.08 + signatures) / CHARACTERS_PER_TOKEN);
    inputTokens += shared + own;
    outputTokens += parcel.length * LIKELY_OUTPUT_TOKENS;
    const prefix = `${folder} ${isPack}`;
    const cached = written.has(prefix) && shared >= minimumCacheTokens ? shared : 0;
    written.add(prefix);
    const usage = {
      inputTokens: shared + own,
      cachedInputTokens: cached,
      cacheWriteTokens: 0,
      outputTokens: parcel.length * LIKELY_OUTPUT_TOKENS,
    };
    likelyUsd += prices.costOf({ model, usage, serviceTier: null }) ?? 0;
    // Whatever a pack leaves unanswered is asked for alone.
    for (const jobs of isPack ? [parcel, ...parcel.map((job) => [job])] : [parcel]) {
      atMostUsd += upperBoundOf(jobs, overhead) ?? 0;
    }
  }
  return { requests: reviews.length + Math.round(looks), inputTokens, outputTokens, quote: { likelyUsd, atMostUsd } };
}

/** No tokenizer makes more tokens than bytes; half of that is what dense code comes to. Line numbers included. */
function boundTokens(overhead: number, sizeBytes: number): number {
  return Math.ceil((overhead + sizeBytes * 1.5) / 1.5);
}
