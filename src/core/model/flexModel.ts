/** A model at half price that goes back to the usual price where flex is refused for long. */
import type { Model, ModelRequest } from "./model.ts";
import { isModelError } from "./modelError.ts";

/** Refusals of one request, with a longer wait after each, before it is sent as usual. */
const MAX_REFUSALS = 3;

/** @param flex and `usual`: the same model, asked in two service tiers */
export function withFlexFallback(flex: Model, usual: Model): Model {
  const refusals = new WeakMap<ModelRequest, number>();
  return {
    ...flex,
    async stream(request, handlers, signal) {
      if ((refusals.get(request) ?? 0) >= MAX_REFUSALS) return usual.stream(request, handlers, signal);
      try {
        return await flex.stream(request, handlers, signal);
      } catch (error) {
        if (!isModelError(error)) throw error;
        if (error.kind === "rate-limited") refusals.set(request, (refusals.get(request) ?? 0) + 1);
        // A model, or a server, without flex says so before it does anything.
        if (error.code !== "request-rejected" || error.billed !== "no") throw error;
        refusals.set(request, MAX_REFUSALS);
        return usual.stream(request, handlers, signal);
      }
    },
    close: async () => void (await Promise.all([flex.close(), usual.close()])),
  };
}
