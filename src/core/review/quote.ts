/**
 * What a plan's misses are likely to cost, and at most.
 *
 * Likely: from the model's earlier replies (learnCosts.ts), before there are enough of them from figures that were
 * measured over mixed source. At most: the least of what all requests together can reserve, and of what a run may
 * spend before somebody is asked again; the run's budget holds it (createModelRun.ts).
 */
import type { Quote } from "../../shared/report.ts";
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import type { Plan } from "../store/store.ts";
import { fixedTokens } from "./inputBound.ts";
import { figureOf, sizeClass, type LearnedCosts } from "./learnCosts.ts";
import { learnedBound } from "./outputBound.ts";
import type { ChosenModel } from "./reviewing.ts";
import type { UnitJob } from "./unitsToSend.ts";
import { FIXED_PROMPT_BYTES, MAX_OUTPUT_TOKENS, sharedPromptBytes, UNIT_HEADING_BYTES } from "./prompt.ts";

/** UTF-8 bytes a token, measured over mixed source with its line numbers. */
const BYTES_PER_TOKEN = 3.6;
/** What a review's reply has in the mean. */
const LIKELY_OUTPUT_TOKENS = 450;
/** Line numbers included. */
const SENT_PER_UNIT_BYTE = 1.15;
/** How much more of a unit than usual is sent where its lines are short. */
const SHORT_LINES = 1.3;

/** A run that has come to this many times the likely sum is not what was agreed to. */
const AGREED_SHARE = 2.5;
/**
 * So much more than likely the finished part may have cost while all lanes hold what they could cost at most: a run
 * that goes as expected never has to leave lanes empty.
 */
const LIKELY_MARGIN = 1.25;
/** As many of a run's requests may always be sent again (retryBudget.ts). */
const REPEATS = 3;

export interface Estimate {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly quote: Quote;
}

const NOTHING: Estimate = { inputTokens: 0, outputTokens: 0, quote: { likelyUsd: 0, atMostUsd: 0 } };

type PlanCosts = Pick<Plan, "contexts" | "learned">;

/**
 * Nothing without a model: the offline engine is free.
 * @param lanes requests under way at once
 */
export function estimatePlan(
  units: readonly UnitJob[],
  plan: PlanCosts,
  chosen: ChosenModel | null,
  lanes: number,
): Estimate {
  return chosen ? estimateCost(units, plan, chosen, lanes) : NOTHING;
}

function estimateCost(units: readonly UnitJob[], plan: PlanCosts, chosen: ChosenModel, lanes: number): Estimate {
  const { name: model, prices } = chosen;
  const expect = createExpectation(plan, chosen);
  const asked = new Set<string>();
  const total = { inputTokens: 0, outputTokens: 0, likelyUsd: 0, boundUsd: 0 };
  const risksUsd: number[] = [];
  let dearestUsd = 0;
  for (const job of units) {
    // Files with the same content share one request.
    if (asked.has(job.unit.key)) continue;
    asked.add(job.unit.key);
    const { usage, bound } = expect(job);
    const likelyUsd = prices.costOf({ model, usage, serviceTier: null }) ?? 0;
    const boundUsd = prices.upperBound({ model, ...bound }) ?? 0;
    total.inputTokens += usage.inputTokens;
    total.outputTokens += usage.outputTokens;
    total.likelyUsd += likelyUsd;
    total.boundUsd += boundUsd;
    risksUsd.push(boundUsd - likelyUsd);
    dearestUsd = Math.max(dearestUsd, boundUsd);
  }
  const { inputTokens, outputTokens, likelyUsd, boundUsd } = total;
  // What fails may be asked again.
  const allUsd = boundUsd + REPEATS * dearestUsd;
  const agreedUsd = Math.max(
    likelyUsd * AGREED_SHARE,
    likelyUsd * LIKELY_MARGIN + sumOfLargest(risksUsd, lanes) + dearestUsd,
  );
  const atMostUsd = plan.learned ? Math.min(allUsd, agreedUsd) : allUsd;
  return { inputTokens, outputTokens, quote: { likelyUsd, atMostUsd: Math.max(atMostUsd, likelyUsd) } };
}

function sumOfLargest(values: readonly number[], count: number): number {
  const largest = values.toSorted((a, b) => b - a).slice(0, count);
  return largest.reduce((sum, value) => sum + value, 0);
}

interface Expected {
  readonly usage: {
    readonly inputTokens: number;
    readonly cachedInputTokens: number;
    readonly cacheWriteTokens: number;
    readonly outputTokens: number;
  };
  readonly bound: { readonly inputTokens: number; readonly maxOutputTokens: number };
}

/** Call it in the order of sending: the first request of a folder writes what the others read from the cache. */
function createExpectation({ contexts, learned }: PlanCosts, { name, provider }: ChosenModel) {
  const { minimumCacheTokens } = capabilitiesOf(name, provider);
  const costs = learned ?? DEFAULTS;
  const maxOutputTokens = learnedBound(learned, MAX_OUTPUT_TOKENS);
  const begun = new Set<number>();
  return ({ file, unit }: UnitJob): Expected => {
    const language = file.language ?? "plaintext";
    const sharedBytes = sharedPromptBytes(contexts[file.folder]?.text ?? "");
    const otherBytes = sharedBytes + signaturesBytes(unit.signatures?.text ?? "") + UNIT_HEADING_BYTES;
    const perByte = figureOf(costs.tokensPerByte, language);
    const ownBytes = unit.sizeBytes * figureOf(costs.sentPerUnitByte, language);
    const isFirst = !begun.has(file.folder);
    begun.add(file.folder);
    const shared = sharedBytes * perByte;
    const isCached = shared >= minimumCacheTokens;
    const writtenShare = isFirst ? costs.firstWrittenShare : costs.writtenShare;
    return {
      usage: {
        inputTokens: Math.round((otherBytes + ownBytes) * perByte),
        cachedInputTokens: isCached && !isFirst ? Math.round(shared * Math.min(1, costs.cachedShare)) : 0,
        cacheWriteTokens: isCached
          ? Math.round(shared * Math.min(1 - (isFirst ? 0 : costs.cachedShare), writtenShare))
          : 0,
        outputTokens: Math.round(figureOf(costs.outputTokens, sizeClass(unit.sizeBytes))),
      },
      // No tokenizer makes more tokens than bytes.
      bound: {
        inputTokens: Math.ceil(otherBytes - FIXED_PROMPT_BYTES + fixedTokens(learned) + ownBytes * SHORT_LINES) + 200,
        maxOutputTokens,
      },
    };
  };
}

/** With their heading. */
function signaturesBytes(text: string): number {
  return text === "" ? 0 : Buffer.byteLength(text) + SIGNATURES_HEADING_BYTES;
}

const SIGNATURES_HEADING_BYTES = 170;

/** Before there is anything to learn from. */
const DEFAULTS: Omit<LearnedCosts, "replies" | "mostOutputTokens" | "leastInputTokens"> = {
  tokensPerByte: { all: 1 / BYTES_PER_TOKEN, kinds: {} },
  sentPerUnitByte: { all: SENT_PER_UNIT_BYTE, kinds: {} },
  outputTokens: { all: LIKELY_OUTPUT_TOKENS, kinds: {} },
  cachedShare: 1,
  writtenShare: 0,
  firstWrittenShare: 0,
};
