/**
 * Prompt caching in the two ways that OpenAI models know, and not at all.
 *
 * - `blocks`: automatic. A prefix of at least 1,024 tokens is found again in steps of 128 tokens; writing is free.
 * - `breakpoints`: a prefix is found again only where it ends exactly at a breakpoint, marked by the client or set at
 *   the end of the prompt (unless the mode is explicit). Written tokens are reported and cost a fee.
 *
 * Entries belong to a route: the prompt's first 256 tokens and the client's cache key.
 */
import { createHash, hash } from "node:crypto";
import type { ChatRequest } from "./chatRequest.ts";
import { BYTES_PER_TOKEN, tokensOfBytes } from "./tokens.ts";

export type CacheKind = "blocks" | "breakpoints" | "none";

export interface PromptCacheOptions {
  readonly cache: CacheKind;
  readonly cacheTtlMs: number;
  /** Above so many requests a minute on one route, the surplus goes to another, cold machine. null: never. */
  readonly cacheOverflowPerMinute: number | null;
}

export interface CacheUse {
  readonly cachedTokens: number;
  readonly writeTokens: number;
  /** Makes what this request wrote readable from now on. */
  publish(): void;
}

export interface PromptCache {
  use(request: ChatRequest): CacheUse;
}

const minimumTokens = 1024;
const blockTokens = 128;
const routeTokens = 256;
const maxWrites = 4;
const maxLookups = 80;

export function createPromptCache(options: PromptCacheOptions, monotonicMs: () => number): PromptCache {
  /** Hash of route and prefix → when it expires. */
  const expiresAtMs = new Map<string, number>();
  const arrivals = new Map<string, number[]>();

  const isReadable = (id: string) => (expiresAtMs.get(id) ?? -Infinity) > monotonicMs();
  const store = (ids: readonly string[]) => {
    for (const id of ids) expiresAtMs.set(id, monotonicMs() + options.cacheTtlMs);
  };

  /** A route that is asked too often spreads over several machines, each with a cache of its own. */
  const machineOf = (route: string): number => {
    if (options.cacheOverflowPerMinute === null) return 0;
    const nowMs = monotonicMs();
    const recent = (arrivals.get(route) ?? []).filter((ms) => ms > nowMs - 60_000);
    const machine = Math.floor(recent.length / options.cacheOverflowPerMinute);
    arrivals.set(route, [...recent, nowMs]);
    return machine;
  };

  return {
    use(request) {
      const kind = options.cache === "none" ? "none" : (request.cacheKind ?? options.cache);
      if (kind === "none") return { cachedTokens: 0, writeTokens: 0, publish() {} };
      const bytes = Buffer.from(request.promptText);
      const head = hash("sha256", bytes.subarray(0, routeTokens * BYTES_PER_TOKEN));
      const route = hash("sha256", `${request.cacheKey}\u0000${head}`);
      const place = `${route}/${machineOf(route)}`;
      const ends = kind === "blocks" ? blockEnds(bytes.length) : breakpointEnds(request, bytes.length);
      const ids = prefixIds(place, bytes, ends);
      const hit = ids.findLastIndex(isReadable);
      const hitEnd = ends[hit];
      const cachedTokens = hitEnd === undefined ? 0 : tokensOfBytes(hitEnd);
      store(ids.slice(0, hit + 1).filter(isReadable));
      if (kind === "blocks") return { cachedTokens, writeTokens: 0, publish: () => store(ids) };
      const fresh = ids.slice(-maxWrites).filter((id) => ids.indexOf(id) > hit);
      const lastEnd = fresh.length > 0 ? ends.at(-1) : undefined;
      const writeTokens = lastEnd === undefined ? 0 : tokensOfBytes(lastEnd) - cachedTokens;
      return { cachedTokens, writeTokens, publish: () => store(fresh) };
    },
  };
}

/** One id for each prefix, in one pass over the bytes. */
function prefixIds(place: string, bytes: Buffer, ends: readonly number[]): string[] {
  const running = createHash("sha256").update(`${place}\n`);
  let from = 0;
  return ends.map((end) => {
    running.update(bytes.subarray(from, end));
    from = end;
    return `${end}:${running.copy().digest("base64").slice(0, 22)}`;
  });
}

/** Bytes at which a block ends, from the minimum upwards. */
function blockEnds(sizeBytes: number): number[] {
  const ends: number[] = [];
  for (let tokens = minimumTokens; tokens * BYTES_PER_TOKEN <= sizeBytes; tokens += blockTokens) {
    ends.push(tokens * BYTES_PER_TOKEN);
  }
  return ends;
}

/** Bytes at which a breakpoint lies, in order; shorter prefixes than the minimum are ignored without a word. */
function breakpointEnds(request: ChatRequest, sizeBytes: number): number[] {
  const marked = request.breakpoints.map((point) => point.endByte);
  const all = request.breakpointMode === "explicit" ? marked : [...marked.filter((end) => end < sizeBytes), sizeBytes];
  return all.filter((end) => tokensOfBytes(end) >= minimumTokens).slice(-maxLookups);
}
