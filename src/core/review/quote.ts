/** What a plan's misses are likely to cost, and at most. */
import type { Quote } from "../../shared/report.ts";
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import type { Plan } from "../store/store.ts";
import type { ChosenModel } from "./reviewing.ts";
import type { UnitJob } from "./unitsToSend.ts";
import { MAX_OUTPUT_TOKENS, promptOverheadLength } from "./prompt.ts";
import { estimateLook } from "./refuter/lookEstimate.ts";

/** UTF-16 units a token, measured over mixed source with its line numbers. */
const CHARACTERS_PER_TOKEN = 3.6;
/** What a review's reply has in the mean. */
const LIKELY_OUTPUT_TOKENS = 450;

export interface Estimate {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly quote: Quote;
}

const NOTHING: Estimate = { inputTokens: 0, outputTokens: 0, quote: { likelyUsd: 0, atMostUsd: 0 } };

/** Nothing without a model: the offline engine is free. */
export function estimatePlan(
  units: readonly UnitJob[],
  plan: Pick<Plan, "contexts">,
  chosen: ChosenModel | null,
  looksAgain = false,
  strong: ChosenModel | null = null,
): Estimate {
  if (!chosen) return NOTHING;
  const isStrong = ({ file }: UnitJob) => strong !== null && file.strongReason !== null;
  const usual = estimateCost(
    units.filter((job) => !isStrong(job)),
    plan.contexts,
    chosen,
    looksAgain,
  );
  return strong ? sum(usual, estimateCost(units.filter(isStrong), plan.contexts, strong, looksAgain)) : usual;
}

function sum(a: Estimate, b: Estimate): Estimate {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    quote: {
      likelyUsd: a.quote.likelyUsd + b.quote.likelyUsd,
      atMostUsd: a.quote.atMostUsd + b.quote.atMostUsd,
    },
  };
}

function estimateCost(
  units: readonly UnitJob[],
  contexts: Plan["contexts"],
  { name: model, provider, prices }: ChosenModel,
  looksAgain: boolean,
): Estimate {
  const { minimumCacheTokens } = capabilitiesOf(model, provider);
  let inputTokens = 0;
  let outputTokens = 0;
  let likelyUsd = 0;
  let atMostUsd = 0;
  for (const [index, { file, unit }] of units.entries()) {
    if (looksAgain) {
      const look = estimateLook(unit, model, prices);
      inputTokens += look.inputTokens;
      outputTokens += look.outputTokens;
      likelyUsd += look.likelyUsd;
      atMostUsd += look.atMostUsd;
    }
    // Its review is stored: its errors alone are asked about.
    if (unit.review) continue;
    outputTokens += LIKELY_OUTPUT_TOKENS;
    const overhead = promptOverheadLength(contexts[file.folder]?.text ?? "");
    const shared = Math.round(overhead / CHARACTERS_PER_TOKEN);
    const signatures = unit.signatures?.text.length ?? 0;
    const own = Math.round((unit.sizeBytes * 1.08 + signatures) / CHARACTERS_PER_TOKEN);
    inputTokens += shared + own;
    const cached = index > 0 && shared >= minimumCacheTokens ? shared : 0;
    const usage = {
      inputTokens: shared + own,
      cachedInputTokens: cached,
      cacheWriteTokens: 0,
      outputTokens: LIKELY_OUTPUT_TOKENS,
    };
    likelyUsd += prices.costOf({ model, usage, serviceTier: null }) ?? 0;
    atMostUsd +=
      prices.upperBound({
        model,
        inputTokens: boundTokens(overhead + signatures, unit.sizeBytes),
        maxOutputTokens: MAX_OUTPUT_TOKENS,
      }) ?? 0;
  }
  return { inputTokens, outputTokens, quote: { likelyUsd, atMostUsd } };
}

/** No tokenizer makes more tokens than bytes; half of that is what dense code comes to. Line numbers included. */
function boundTokens(overhead: number, sizeBytes: number): number {
  return Math.ceil((overhead + sizeBytes * 1.5) / 1.5);
}
