/**
 * How long a reply may become. The room that every request asks for is for eight findings with fixes and much thought:
 * hardly one takes a tenth of it, but all of it would have to be reserved. So the bound that is sent is learned. A
 * reply that ends by itself is the same under any bound; the first one that is cut ends the learned bound for the run,
 * and is asked for once more with all the room there is.
 */
import type { Model, ModelReply, ModelRequest } from "../model/model.ts";
import type { LearnedCosts } from "./learnCosts.ts";
import { isReview, MAX_OUTPUT_TOKENS } from "./prompt.ts";

/** Of the longest reply so far. */
const ROOM = 1.5;
const LEAST_TOKENS = 256;
const STEP_TOKENS = 64;

/**
 * @param fullTokens what is asked for without knowledge
 * @returns tokens of one unit's reply
 */
export function learnedBound(learned: Pick<LearnedCosts, "mostOutputTokens"> | undefined, fullTokens: number): number {
  if (!learned) return fullTokens;
  const tokens = Math.ceil((learned.mostOutputTokens * ROOM) / STEP_TOKENS) * STEP_TOKENS;
  return Math.min(fullTokens, Math.max(LEAST_TOKENS, tokens));
}

export interface BoundedModel {
  readonly model: Model;
  /** The request as it is sent: what is reserved for it and what bounds it are the same. */
  bounded(request: ModelRequest): ModelRequest;
}

/** Reviews alone are bounded by what reviews have taught. */
export function boundOutput(model: Model, learned: LearnedCosts | undefined): BoundedModel {
  const decided = new WeakMap<ModelRequest, ModelRequest>();
  let isLearned = learned !== undefined;

  const decide = (request: ModelRequest): ModelRequest => {
    if (!isLearned || !isReview(request)) return request;
    // A request about several units asks for the room of several.
    const units = request.maxOutputTokens / MAX_OUTPUT_TOKENS;
    const maxOutputTokens = Math.ceil(learnedBound(learned, MAX_OUTPUT_TOKENS) * Math.max(1, units));
    return maxOutputTokens < request.maxOutputTokens ? { ...request, maxOutputTokens } : request;
  };
  const bounded = (request: ModelRequest): ModelRequest => {
    const known = decided.get(request);
    if (known) return known;
    const sent = decide(request);
    decided.set(request, sent);
    return sent;
  };
  const marked = (request: ModelRequest, sent: ModelRequest, reply: ModelReply): ModelReply => {
    if (sent === request || reply.finish !== "length") return reply;
    isLearned = false;
    decided.delete(request);
    return { ...reply, hadLearnedBound: true };
  };
  return {
    bounded,
    model: {
      ...model,
      async stream(request, handlers, signal) {
        const sent = bounded(request);
        return marked(request, sent, await model.stream(sent, handlers, signal));
      },
    },
  };
}
