/** Which requests a fault or a latency is meant for. All given conditions must hold; none given: every request. */
import type { ChatRequest } from "./chatRequest.ts";
import { fractionOf } from "./random.ts";

export interface RequestMatch {
  /** 1-based numbers of chat requests since the start or the last reset. */
  readonly nth?: number | readonly number[];
  /** From this request on. */
  readonly from?: number;
  /** Up to and including this request. */
  readonly to?: number;
  /** Only the first so many times that the same prompt comes: 1 spares every second attempt. */
  readonly sightings?: number;
  readonly promptIncludes?: string;
  readonly when?: (request: ChatRequest) => boolean;
  /** 0 to 1: this share of requests, drawn by seed, prompt and sighting, whatever the order of arrival. */
  readonly rate?: number;
  readonly seed?: number;
}

export function matches(match: RequestMatch, request: ChatRequest): boolean {
  const { nth, promptIncludes, when, rate, seed } = match;
  if (nth !== undefined && !(typeof nth === "number" ? [nth] : nth).includes(request.index)) return false;
  if (match.from !== undefined && request.index < match.from) return false;
  if (match.to !== undefined && request.index > match.to) return false;
  if (match.sightings !== undefined && request.sighting > match.sightings) return false;
  if (promptIncludes !== undefined && !request.promptText.includes(promptIncludes)) return false;
  if (when && !when(request)) return false;
  return rate === undefined || fractionOf(seed ?? 1, request.promptText, request.sighting) < rate;
}
