/**
 * How many tokens a prompt can be. No tokenizer makes more tokens than bytes; of the instructions and the schema, which
 * are most of many a prompt, more is known: they were part of every earlier prompt, so the shortest one bounds them.
 */
import type { ModelRequest } from "../model/model.ts";
import type { LearnedCosts } from "./learnCosts.ts";
import { FIXED_PROMPT_BYTES } from "./prompt.ts";

/** What a provider puts around the parts, and words that are cut differently where two parts meet. */
const SLACK_TOKENS = 100;

type Known = Pick<LearnedCosts, "leastInputTokens"> | undefined;

/** @param units that it asks for a review of; 0: it asks for something else, of which reviews teach nothing */
export function inputBound(request: ModelRequest, units: number, learned: Known): number {
  const text = request.parts.reduce((sum, part) => sum + Buffer.byteLength(part.text), 0);
  const schema = request.schema ? JSON.stringify(request.schema).length : 0;
  const bytes = text + schema + SLACK_TOKENS;
  return units > 0 ? bytes - FIXED_PROMPT_BYTES + fixedTokens(learned) : bytes;
}

/** The most that instructions and schema come to. */
export function fixedTokens(learned: Known): number {
  return Math.min(FIXED_PROMPT_BYTES, (learned?.leastInputTokens ?? Infinity) + SLACK_TOKENS);
}
