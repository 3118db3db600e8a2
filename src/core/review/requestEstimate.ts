/** What a request is likely to take and cost before its text is made: enough to compare one way of sending with another. */
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import type { ChosenModel } from "./reviewing.ts";
import type { UnitJob } from "./unitsToSend.ts";

/** UTF-16 units a token, measured over mixed source with its line numbers. */
export const CHARACTERS_PER_TOKEN = 3.6;

/** Between sending and the first token, and from one token to the next: middling figures of today's providers. */
const FIRST_TOKEN_MS = 700;
const MS_PER_OUTPUT_TOKEN = 12;

/** Line numbers included. */
export function sourceTokens({ unit }: UnitJob): number {
  return Math.round((unit.sizeBytes * 1.08) / CHARACTERS_PER_TOKEN);
}

/** A summary, and the more findings the more there is to read. */
export function replyMs(jobs: readonly UnitJob[]): number {
  const tokens = jobs.reduce((sum, job) => sum + 120 + Math.min(480, sourceTokens(job) * 0.2), 0);
  return FIRST_TOKEN_MS + tokens * MS_PER_OUTPUT_TOKEN;
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
export function cachedWeight({ name, provider, prices }: ChosenModel, prefixTokens: number): number {
  if (prefixTokens < capabilitiesOf(name, provider).minimumCacheTokens) return 1;
  const usd = (cachedInputTokens: number) => {
    const usage = { inputTokens: 1e6, cachedInputTokens, cacheWriteTokens: 0, outputTokens: 0 };
    return prices.costOf({ model: name, usage, serviceTier: null });
  };
  const [plain, cached] = [usd(0), usd(1e6)];
  return plain === null || cached === null || plain === 0 ? 1 : Math.min(1, cached / plain);
}
