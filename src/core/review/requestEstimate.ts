/** What a request is likely to take and cost before its text is made: enough to compare one way of sending with another. */
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import type { ChosenModel } from "./reviewing.ts";
import { needsLookAlone, type UnitJob } from "./unitsToSend.ts";

/** UTF-16 units a token, measured over mixed source with its line numbers. */
export const CHARACTERS_PER_TOKEN = 3.6;

/** Between sending and the first token, and from one token to the next: middling figures of today's providers. */
const FIRST_TOKEN_MS = 700;
const MS_PER_OUTPUT_TOKEN = 12;

/** Line numbers included. */
export function sourceTokens({ unit }: UnitJob): number {
  return Math.round((unit.sizeBytes * 1.02) / CHARACTERS_PER_TOKEN);
}

/** A summary, and the more findings the more there is to read; a second look says a little about each error. */
export function replyMs(jobs: readonly UnitJob[]): number {
  const tokens = jobs.reduce((sum, job) => sum + outputTokens(job), 0);
  return FIRST_TOKEN_MS + tokens * MS_PER_OUTPUT_TOKEN;
}

function outputTokens(job: UnitJob): number {
  return needsLookAlone(job) ? 60 + job.unit.unlooked * 120 : 120 + Math.min(480, sourceTokens(job) * 0.2);
}

/** When the last of them ends, begun in this order in so many lanes. */
export function makespanMs(durationsMs: readonly number[], lanes: number): number {
  const freeAtMs = Array.from({ length: Math.max(1, Math.min(lanes, durationsMs.length)) }, () => 0);
  for (const ms of durationsMs) {
    const first = freeAtMs.indexOf(Math.min(...freeAtMs));
    freeAtMs[first] = freeAtMs[first]! + ms;
  }
  return Math.max(0, ...freeAtMs);
}

/** @returns what a token costs that is read from the provider's cache, in plain ones; 1 where it keeps no such prefix */
export function cachedWeight(chosen: ChosenModel, prefixTokens: number): number {
  if (prefixTokens < capabilitiesOf(chosen.name, chosen.provider).minimumCacheTokens) return 1;
  return Math.min(1, ratio(inputUsd(chosen, 1e6), inputUsd(chosen, 0)));
}

/** @returns how many of the other model's input tokens cost as much as one of this one's; 1 where nobody knows */
export function relativePrice(model: ChosenModel, other: ChosenModel): number {
  return ratio(inputUsd(model, 0), inputUsd(other, 0));
}

/** Of a million tokens. */
function inputUsd({ name, prices }: ChosenModel, cachedInputTokens: number): number | null {
  const usage = { inputTokens: 1e6, cachedInputTokens, cacheWriteTokens: 0, outputTokens: 0 };
  return prices.costOf({ model: name, usage, serviceTier: null });
}

function ratio(usd: number | null, ofUsd: number | null): number {
  return usd === null || ofUsd === null || ofUsd === 0 ? 1 : usd / ofUsd;
}
