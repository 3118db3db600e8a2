/**
 * A request that is told to come back later speaks for all: also for the one whose intent was being written just then.
 * So whoever is about to send looks once more.
 */
import { followSignals } from "../flow/followSignals.ts";
import type { Limiter } from "../flow/limiter.ts";
import type { Model } from "../model/model.ts";
import { ModelError } from "../model/modelError.ts";

/** @param dispatch aborted when nothing new is to be sent */
export function createWaitingModel(model: Model, limiter: Limiter, dispatch: AbortSignal): Model {
  return {
    ...model,
    async stream(request, handlers, signal) {
      while (limiter.waitingMs > 0) {
        const either = followSignals(dispatch, signal);
        await limiter
          .whenOpen(either.signal)
          .catch((cause: unknown) => {
            const message = "The run was over before it could be sent.";
            throw new ModelError({ code: "cancelled", kind: "cancelled", message, cause });
          })
          .finally(either.stop);
      }
      return model.stream(request, handlers, signal);
    },
  };
}
