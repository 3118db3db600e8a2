/**
 * What a model's earlier replies say about the next ones. Sums, because a quote is a sum; with what lies far outside
 * drawn in, so that one odd reply does not shift it. The same replies always come to the same figures.
 */
import type { RequestSize } from "../store/intent.ts";
import { UNIT_HEADING_BYTES } from "./prompt.ts";

/** Fewer say too little to be believed. */
export const ENOUGH_REVIEWS = 20;

/** One settled request of the ledger. */
export interface ReplySize extends Omit<RequestSize, "recipe"> {
  readonly runId: string;
  readonly sentAtMs: number;
  /** It began with the instructions and the schema of now. */
  readonly isSamePrompt: boolean;
  readonly usage: {
    readonly inputTokens: number;
    /** null: not told. */
    readonly cachedInputTokens: number | null;
    readonly cacheWriteTokens: number | null;
    readonly outputTokens: number;
  };
}

/** What a figure comes to: for kinds with enough replies on their own, else for all. */
interface ByKind {
  readonly all: number;
  readonly kinds: Readonly<Record<string, number>>;
}

export interface LearnedCosts {
  /** That the figures rest on. */
  readonly reviews: number;
  /** By language. */
  readonly tokensPerByte: ByKind;
  /** How much longer a unit is in its prompt than in its file, by language. */
  readonly sentPerUnitByte: ByKind;
  /** Of one unit, by {@link sizeClass}. */
  readonly outputTokens: ByKind;
  /** Of one unit, in truth. */
  readonly mostOutputTokens: number;
  /**
   * The shortest prompt that began with the instructions and the schema of now: they alone are no more than that.
   * null: there was none.
   */
  readonly leastInputTokens: number | null;
  /** Tokens per shared token, of requests that were not their run's first; 0 as well where nobody tells. */
  readonly cachedShare: number;
  readonly writtenShare: number;
  /** Of runs' first requests. */
  readonly firstWrittenShare: number;
  readonly looks: LearnedLooks;
}

/** Of second looks. */
export interface LearnedLooks {
  /** Requests for each reviewed unit: one may be about several units. */
  readonly share: number;
  /** Of one request in the mean; null: too few are known. */
  readonly tokens: { readonly input: number; readonly output: number } | null;
}

/** By the model's name. */
export type LearnedByModel = Readonly<Record<string, LearnedCosts>>;

/** Longer units get longer replies, but not in proportion. */
export function sizeClass(unitBytes: number): string {
  return String(Math.min(6, Math.max(0, Math.floor(Math.log2(Math.max(1, unitBytes) / 512) / 1.5) + 1)));
}

/** How many reviews they have brought. */
export function countReviews(replies: readonly Pick<ReplySize, "units">[]): number {
  return sumOf(replies, ({ units }) => units);
}

/** @returns undefined when there are too few replies */
export function learnCosts(all: readonly ReplySize[]): LearnedCosts | undefined {
  const replies = all.filter(({ units }) => units > 0);
  const reviews = countReviews(replies);
  if (reviews < ENOUGH_REVIEWS) return undefined;
  const outputs = drawIn(replies.map(({ usage, units }) => usage.outputTokens / units));
  const followers = withoutFirsts(replies);
  const firsts = replies.filter((reply) => !followers.includes(reply));
  return {
    reviews,
    tokensPerByte: ratioByKind(replies, languageOf, ({ usage }) => usage.inputTokens, promptBytesOf),
    sentPerUnitByte: ratioByKind(replies, languageOf, withoutHeadings, unitBytesOf),
    outputTokens: ratioByKind(
      replies.map((reply, at) => ({ ...reply, output: outputs[at]! * reply.units })),
      ({ unitBytes, units }) => sizeClass(unitBytes / units),
      ({ output }) => output,
      ({ units }) => units,
    ),
    mostOutputTokens: replies.reduce((most, reply) => Math.max(most, mostOfOne(reply)), 0),
    leastInputTokens: leastInputTokens(replies),
    cachedShare: ratio(followers, ({ usage }) => usage.cachedInputTokens ?? 0, sharedTokensOf),
    writtenShare: ratio(followers, ({ usage }) => usage.cacheWriteTokens ?? 0, sharedTokensOf),
    firstWrittenShare: ratio(firsts, ({ usage }) => usage.cacheWriteTokens ?? 0, sharedTokensOf),
    looks: learnLooks(
      all.filter(({ units }) => units === 0),
      reviews,
    ),
  };
}

/** Of several units nobody knows whose share is the largest: twice the mean of them. */
const LARGEST_SHARE = 2;

function mostOfOne({ usage: { outputTokens }, units }: ReplySize): number {
  return Math.ceil(Math.min(outputTokens, (outputTokens * LARGEST_SHARE) / units));
}

/** So many reviews count as those of a middling model: that no errors were found so far promises none. */
const LOOKS_BEFORE = { reviews: 5, share: 0.3 };

function learnLooks(looks: readonly ReplySize[], reviews: number): LearnedLooks {
  const share = (looks.length + LOOKS_BEFORE.reviews * LOOKS_BEFORE.share) / (reviews + LOOKS_BEFORE.reviews);
  const mean = (of: (reply: ReplySize) => number) => ratio(looks, of, () => 1);
  const [input, output] = [mean(({ usage }) => usage.inputTokens), mean(({ usage }) => usage.outputTokens)];
  return { share: Math.min(1, share), tokens: looks.length < ENOUGH_OF_A_KIND ? null : { input, output } };
}

function leastInputTokens(replies: readonly ReplySize[]): number | null {
  const same = replies.filter(({ isSamePrompt }) => isSamePrompt);
  return same.length === 0 ? null : same.reduce((least, { usage }) => Math.min(least, usage.inputTokens), Infinity);
}

/** The figure for a kind. */
export function figureOf({ all, kinds }: ByKind, kind: string): number {
  return kinds[kind] ?? all;
}

const languageOf = ({ language }: ReplySize) => language;
const promptBytesOf = ({ promptBytes }: ReplySize) => promptBytes;
const withoutHeadings = ({ ownBytes, units }: ReplySize) => Math.max(0, ownBytes - units * UNIT_HEADING_BYTES);
const unitBytesOf = ({ unitBytes }: ReplySize) => Math.max(1, unitBytes);
const sharedTokensOf = ({ sharedBytes, promptBytes, usage }: ReplySize) =>
  (sharedBytes * usage.inputTokens) / promptBytes;

function ratio<Row>(rows: readonly Row[], above: (row: Row) => number, below: (row: Row) => number): number {
  const [sumAbove, sumBelow] = [sumOf(rows, above), sumOf(rows, below)];
  return sumBelow > 0 ? sumAbove / sumBelow : 0;
}

/** Few of a kind are outvoted by all: so many of these count besides. */
const WEIGHT_OF_ALL = 4;
const ENOUGH_OF_A_KIND = 5;

function ratioByKind<Row>(
  rows: readonly Row[],
  kindOf: (row: Row) => string,
  above: (row: Row) => number,
  below: (row: Row) => number,
): ByKind {
  const all = ratio(rows, above, below);
  const kinds: Record<string, number> = {};
  for (const [kind, own] of Map.groupBy(rows, kindOf)) {
    if (own.length < ENOUGH_OF_A_KIND) continue;
    const [sumAbove, sumBelow] = [sumOf(own, above), sumOf(own, below)];
    const besides = (WEIGHT_OF_ALL * sumBelow) / own.length;
    kinds[kind] = (sumAbove + besides * all) / (sumBelow + besides);
  }
  return { all, kinds };
}

function sumOf<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}

/** The first of a run finds nothing in the provider's cache: it writes it. So does the first one about several units. */
function withoutFirsts(replies: readonly ReplySize[]): ReplySize[] {
  const beginningOf = ({ runId, units }: ReplySize) => `${runId} ${units > 1}`;
  const firsts = new Map<string, ReplySize>();
  for (const reply of replies) {
    const first = firsts.get(beginningOf(reply));
    if (!first || reply.sentAtMs < first.sentAtMs) firsts.set(beginningOf(reply), reply);
  }
  return replies.filter((reply) => firsts.get(beginningOf(reply)) !== reply);
}

/** Beyond three times the middle half's width above it, a value is an accident: it counts as that. */
function drawIn(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const [low, high] = [at(0.25), at(0.75)];
  // Where most are alike, an ordinary longer one must not look like an accident.
  const most = high + 3 * Math.max(high - low, high);
  return values.map((value) => Math.min(value, most));
}
