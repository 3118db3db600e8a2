/**
 * How long a reply may become. The room that every request asks for is for eight findings with fixes and much thought:
 * hardly one takes a tenth of it, but all of it would have to be reserved. So the bound that is sent is learned. A
 * reply that ends by itself is the same under any bound; the first one that is cut ends the learned bound for the run,
 * and is asked for once more with all the room there is.
 */
import type { ModelRequest } from "../model/model.ts";
import type { LearnedCosts } from "./learnCosts.ts";

/** Of the longest there should be. */
const ROOM = 1.5;
const LEAST_TOKENS = 256;
const STEP_TOKENS = 64;

/**
 * @param fullTokens what is asked for without knowledge
 * @param units that the reply is about
 */
export function learnedBound(
  learned: Pick<LearnedCosts, "mostOutputTokens" | "outputTokens"> | undefined,
  fullTokens: number,
  units: number,
): number {
  if (!learned || units === 0) return fullTokens;
  // Of several units one may be as long as any, and the others are as they are in the mean.
  const longest = learned.mostOutputTokens + (units - 1) * learned.outputTokens.all;
  const tokens = Math.ceil((longest * ROOM) / STEP_TOKENS) * STEP_TOKENS;
  return Math.min(fullTokens, Math.max(LEAST_TOKENS * units, tokens));
}

export interface OutputBound {
  /**
   * The request as it is sent: the same one where nothing is known.
   * @param units that it asks for a review of; 0: it asks for something else, of which reviews teach nothing
   */
  of(request: ModelRequest, units: number): ModelRequest;
  /** A reply was cut by it. */
  giveUp(): void;
}

export function createOutputBound(learned: LearnedCosts | undefined): OutputBound {
  let known = learned;
  return {
    of(request, units) {
      const maxOutputTokens = learnedBound(known, request.maxOutputTokens, units);
      return maxOutputTokens < request.maxOutputTokens ? { ...request, maxOutputTokens } : request;
    },
    giveUp() {
      known = undefined;
    },
  };
}
