import type { ModelRequest } from "../model/model.ts";
import type { ChosenModel } from "./reviewing.ts";

/**
 * The most that a request can cost, dollars; null: the price is not known. No tokenizer makes more tokens than there are
 * bytes; what a provider adds of its own is little.
 */
export function upperBoundUsd({ prices, name }: ChosenModel, request: ModelRequest): number | null {
  const text = request.parts.reduce((sum, part) => sum + Buffer.byteLength(part.text), 0);
  const schema = request.schema ? JSON.stringify(request.schema).length : 0;
  return prices.upperBound({ model: name, inputTokens: text + schema + 100, maxOutputTokens: request.maxOutputTokens });
}
