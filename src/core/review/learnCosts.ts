/**
 * What a model's earlier replies say about the next ones. Sums, because a quote is a sum; with what lies far outside
 * drawn in, so that one odd reply does not shift it. The same replies always come to the same figures.
 */
import type { RequestSize } from "../store/store.ts";
import { UNIT_HEADING_BYTES } from "./prompt.ts";

/** Fewer say too little to be believed. */
export const ENOUGH_REPLIES = 20;

/** One settled request of the ledger. */
export interface ReplySize extends RequestSize {
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
  readonly replies: number;
  /** By language. */
  readonly tokensPerByte: ByKind;
  /** How much longer a unit is in its prompt than in its file, by language. */
  readonly sentPerUnitByte: ByKind;
  /** By {@link sizeClass}. */
  readonly outputTokens: ByKind;
  /** Of one reply, in truth. */
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
}

/** Longer units get longer replies, but not in proportion. */
export function sizeClass(unitBytes: number): string {
  return String(Math.min(6, Math.max(0, Math.floor(Math.log2(Math.max(1, unitBytes) / 512) / 1.5) + 1)));
}

/** @returns undefined when there are too few replies */
export function learnCosts(replies: readonly ReplySize[]): LearnedCosts | undefined {
  if (replies.length < ENOUGH_REPLIES) return undefined;
  const outputs = drawIn(replies.map(({ usage }) => usage.outputTokens));
  const followers = withoutFirsts(replies);
  const firsts = replies.filter((reply) => !followers.includes(reply));
  return {
    replies: replies.length,
    tokensPerByte: ratioByKind(replies, languageOf, ({ usage }) => usage.inputTokens, promptBytesOf),
    sentPerUnitByte: ratioByKind(replies, languageOf, withoutHeading, unitBytesOf),
    outputTokens: ratioByKind(
      replies.map((reply, at) => ({ ...reply, output: outputs[at]! })),
      ({ unitBytes }) => sizeClass(unitBytes),
      ({ output }) => output,
      () => 1,
    ),
    mostOutputTokens: replies.reduce((most, { usage }) => Math.max(most, usage.outputTokens), 0),
    leastInputTokens: leastInputTokens(replies),
    cachedShare: ratio(followers, ({ usage }) => usage.cachedInputTokens ?? 0, sharedTokensOf),
    writtenShare: ratio(followers, ({ usage }) => usage.cacheWriteTokens ?? 0, sharedTokensOf),
    firstWrittenShare: ratio(firsts, ({ usage }) => usage.cacheWriteTokens ?? 0, sharedTokensOf),
  };
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
const withoutHeading = ({ ownBytes }: ReplySize) => Math.max(0, ownBytes - UNIT_HEADING_BYTES);
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

/** The first of a run finds nothing in the provider's cache: it writes it. */
function withoutFirsts(replies: readonly ReplySize[]): ReplySize[] {
  const firstAtMs = new Map<string, number>();
  for (const { runId, sentAtMs } of replies) firstAtMs.set(runId, Math.min(sentAtMs, firstAtMs.get(runId) ?? sentAtMs));
  const seen = new Set<string>();
  return replies.filter(({ runId, sentAtMs }) => {
    if (sentAtMs !== firstAtMs.get(runId) || seen.has(runId)) return true;
    seen.add(runId);
    return false;
  });
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
