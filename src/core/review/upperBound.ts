import type { ModelRequest } from "../model/model.ts";
import { inputBound } from "./inputBound.ts";
import type { LearnedCosts } from "./learnCosts.ts";
import type { ChosenModel } from "./reviewing.ts";

/**
 * The most that a request can cost as it is, dollars; null: the price is not known.
 * @param units that it asks for a review of; 0: it asks for something else
 */
export function upperBoundUsd(
  { prices, name }: ChosenModel,
  request: ModelRequest,
  units: number,
  learned: LearnedCosts | undefined,
): number | null {
  const inputTokens = inputBound(request, units, learned);
  return prices.upperBound({ model: name, inputTokens, maxOutputTokens: request.maxOutputTokens });
}
