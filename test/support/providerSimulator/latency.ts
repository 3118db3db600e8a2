/** When the parts of a reply are sent. */
import type { ChatRequest } from "./chatRequest.ts";
import { fractionOf } from "./random.ts";
import { matches } from "./requestMatch.ts";
import type { RequestMatch } from "./requestMatch.ts";

/** A fixed number of milliseconds, or a draw for each request by seed, prompt and sighting. */
export type Delay =
  | number
  | { readonly minMs: number; readonly maxMs: number; readonly seed?: number }
  /** Log-normal; a `sigma` of 0.5 puts the 95th percentile at 2.3 times the median. */
  | { readonly medianMs: number; readonly sigma: number; readonly seed?: number };

export interface Latency {
  /** From the request's arrival to the response's headers. */
  readonly headersMs: Delay;
  /** From the request's arrival to the first token. */
  readonly firstTokenMs: Delay;
  /** After the first token; null: all at once. */
  readonly tokensPerSecond: number | null;
  /** From the request's arrival to the last token, instead of a speed; null: by the speed. */
  readonly totalMs: Delay | null;
}

export interface LatencyOverride extends RequestMatch, Partial<Latency> {}

/** Milliseconds since the request's arrival. */
export interface Timetable {
  readonly headersMs: number;
  readonly firstTokenMs: number;
  /** When the reply's first so many tokens, of so many in all, are due. */
  tokenMs(tokens: number, ofTokens: number): number;
}

export function timetableFor(
  request: ChatRequest,
  usual: Latency,
  overrides: readonly LatencyOverride[],
  timeScale: number,
): Timetable {
  const latency: Latency = Object.assign(
    {},
    usual,
    overrides.find((override) => matches(override, request)),
  );
  const draw = (delay: Delay, name: string) => drawMs(delay, request, name) * timeScale;
  const headersMs = draw(latency.headersMs, "headers");
  const firstTokenMs = Math.max(headersMs, draw(latency.firstTokenMs, "first token"));
  const totalMs = latency.totalMs === null ? null : Math.max(firstTokenMs, draw(latency.totalMs, "total"));
  return {
    headersMs,
    firstTokenMs,
    tokenMs(tokens, ofTokens) {
      if (totalMs !== null) return firstTokenMs + ((totalMs - firstTokenMs) * tokens) / Math.max(1, ofTokens);
      if (latency.tokensPerSecond === null) return firstTokenMs;
      return firstTokenMs + (tokens * 1000 * timeScale) / latency.tokensPerSecond;
    },
  };
}

function drawMs(delay: Delay, request: ChatRequest, name: string): number {
  if (typeof delay === "number") return delay;
  const fraction = (part: string) => fractionOf(delay.seed ?? 1, name, part, request.promptText, request.sighting);
  if ("minMs" in delay) return delay.minMs + (delay.maxMs - delay.minMs) * fraction("uniform");
  // Box-Muller: two even draws make one normal one.
  const normal = Math.sqrt(-2 * Math.log(1 - fraction("radius"))) * Math.cos(2 * Math.PI * fraction("angle"));
  return delay.medianMs * Math.exp(delay.sigma * normal);
}
