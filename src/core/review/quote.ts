/**
 * What a plan's misses are likely to cost, and at most.
 *
 * Likely: from the model's earlier replies (learnCosts.ts), before there are enough of them from figures that were
 * measured over mixed source. At most: the least of what all requests together can reserve, and of what a run may
 * spend before somebody is asked again; the run's budget holds it (createModelRun.ts).
 */
import type { Quote } from "../../shared/report.ts";
import type { Plan } from "../store/plan.ts";
import { createExpectation, type Expected } from "./expectation.ts";
import type { LearnedCosts } from "./learnCosts.ts";
import type { Parcel } from "./parcels.ts";
import { estimateLook } from "./refuter/lookEstimate.ts";
import type { ChosenModel } from "./reviewing.ts";
import { needsLookAlone } from "./unitsToSend.ts";

/** A run that has come to this many times the likely sum is not what was agreed to. */
const AGREED_SHARE = 2.5;
/**
 * So much more than likely the finished part may have cost while all lanes hold what they could cost at most: a run
 * that goes as expected does not have to leave lanes empty.
 */
const LIKELY_MARGIN = 1.25;
/** But for the last few requests, where that is a sum which nobody would have named. */
const LARGEST_SHARE = 2.7;
/** So many at once there must be room for. */
const LEAST_LANES = 2;
/** As many of a run's requests may always be sent again (retryBudget.ts). */
const REPEATS = 3;
/** Where there are so many second looks for one that is expected, many more lanes hold one than should. */
const MORE_LOOKS = 2;

export interface Estimate {
  /** Reviews, and the second looks that are likely to follow. */
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly quote: Quote;
}

const NOTHING: Estimate = { requests: 0, inputTokens: 0, outputTokens: 0, quote: { likelyUsd: 0, atMostUsd: 0 } };

export interface QuoteTerms {
  /** null: the offline engine alone, which is free. */
  readonly chosen: ChosenModel | null;
  /** Of files with a reason for it; null: the one above reviews them all. */
  readonly strong: ChosenModel | null;
  /** Errors are asked about once more. */
  readonly looksAgain: boolean;
  /** Requests under way at once. */
  readonly lanes: number;
  /** All of it is handed over together: with all the room for replies, and nothing is sent twice. */
  readonly isForTheNight?: boolean;
}

export function estimatePlan(
  parcels: readonly Parcel[],
  plan: Pick<Plan, "contexts" | "learned">,
  terms: QuoteTerms,
): Estimate {
  const { chosen, strong } = terms;
  if (!chosen) return NOTHING;
  // All of a parcel is for the same model.
  const isStrong = ([job]: Parcel) => strong !== null && job!.file.strongReason !== null;
  const usual = estimateCost(
    parcels.filter((parcel) => !isStrong(parcel)),
    plan,
    chosen,
    terms,
  );
  return strong ? sum(usual, estimateCost(parcels.filter(isStrong), plan, strong, terms)) : usual;
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
  { contexts, learned: known }: Pick<Plan, "contexts" | "learned">,
  chosen: ChosenModel,
  terms: QuoteTerms,
): Estimate {
  const { isForTheNight = false } = terms;
  const learned = known?.[chosen.name];
  const expect = createExpectation({ contexts, learned, hasFullRoom: isForTheNight }, chosen);
  const reviews = priceOf(withoutCopies(parcels).map(expect), chosen);
  const looks = terms.looksAgain && !isForTheNight ? looksOf(parcels, chosen, learned) : NO_LOOKS;
  const likelyUsd = reviews.likelyUsd + looks.likelyUsd;
  const dearestUsd = Math.max(0, ...looks.risksUsd, ...reviews.boundsUsd);
  const repeatedUsd = isForTheNight ? 0 : REPEATS * dearestUsd;
  const allUsd = reviews.atMostUsd + looks.atMostUsd + repeatedUsd;
  const risksUsd = [...reviews.risksUsd, ...looks.risksUsd];
  const marginUsd = likelyUsd * LIKELY_MARGIN;
  const withFullLanesUsd = marginUsd + sumOfLargest(risksUsd, terms.lanes) + dearestUsd;
  const agreedUsd = Math.max(
    likelyUsd * AGREED_SHARE,
    Math.min(withFullLanesUsd, likelyUsd * LARGEST_SHARE),
    Math.min(withFullLanesUsd, marginUsd + LEAST_LANES * dearestUsd),
  );
  const atMostUsd = learned && !isForTheNight ? Math.min(allUsd, agreedUsd) : allUsd;
  return {
    requests: reviews.boundsUsd.length + Math.round(looks.requests),
    inputTokens: reviews.inputTokens + looks.inputTokens,
    outputTokens: reviews.outputTokens + looks.outputTokens,
    quote: { likelyUsd, atMostUsd: Math.max(atMostUsd, likelyUsd) },
  };
}

/** Files with the same content share one request. Those of a pack never have the same. */
function withoutCopies(parcels: readonly Parcel[]): Parcel[] {
  const reviews = parcels.filter(([job]) => !needsLookAlone(job!));
  const asked = new Set(reviews.filter(({ length }) => length > 1).flatMap((pack) => pack.map(({ unit }) => unit.key)));
  return reviews.filter(([job, ...others]) => {
    if (others.length > 0) return true;
    const isCopy = asked.has(job!.unit.key);
    asked.add(job!.unit.key);
    return !isCopy;
  });
}

function priceOf(requests: readonly Expected[], { name: model, prices }: ChosenModel) {
  const total = { inputTokens: 0, outputTokens: 0, likelyUsd: 0, atMostUsd: 0 };
  const boundsUsd: number[] = [];
  const risksUsd: number[] = [];
  for (const { usage, bound, apart } of requests) {
    const likelyUsd = prices.costOf({ model, usage, serviceTier: null }) ?? 0;
    const [boundUsd, ...apartUsd] = [bound, ...apart].map((one) => prices.upperBound({ model, ...one }) ?? 0);
    total.inputTokens += usage.inputTokens;
    total.outputTokens += usage.outputTokens;
    total.likelyUsd += likelyUsd;
    total.atMostUsd += apartUsd.reduce((all, usd) => all + usd, boundUsd!);
    boundsUsd.push(boundUsd!);
    risksUsd.push(boundUsd! - likelyUsd);
  }
  return { ...total, boundsUsd, risksUsd };
}

const NO_LOOKS = {
  requests: 0,
  inputTokens: 0,
  outputTokens: 0,
  likelyUsd: 0,
  atMostUsd: 0,
  risksUsd: [] as readonly number[],
};

function looksOf(parcels: readonly Parcel[], { name, prices }: ChosenModel, learned: LearnedCosts | undefined) {
  const total = { ...NO_LOOKS };
  const asked = new Set<string>();
  const risksUsd: number[] = [];
  for (const { unit } of parcels.flat()) {
    if (asked.has(unit.key)) continue;
    asked.add(unit.key);
    const look = estimateLook(unit, { name, prices, learned });
    total.requests += look.requests;
    total.inputTokens += look.inputTokens;
    total.outputTokens += look.outputTokens;
    total.likelyUsd += look.likelyUsd;
    total.atMostUsd += look.atMostUsd;
    risksUsd.push(look.riskUsd);
  }
  const many = Math.ceil(total.requests * MORE_LOOKS);
  return { ...total, risksUsd: risksUsd.toSorted(descending).slice(0, many) };
}

const descending = (a: number, b: number) => b - a;

function sumOfLargest(values: readonly number[], count: number): number {
  return values
    .toSorted(descending)
    .slice(0, count)
    .reduce((all, value) => all + value, 0);
}
