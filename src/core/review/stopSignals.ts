/** How a run ends early. The first reason stands; what follows from it changes nothing. */
import { describeError, errorCode, OnceoverError } from "../../shared/errors.ts";
import type { StoppedBy } from "../../shared/report.ts";

export interface StopSignals {
  /** Aborted: nothing new is sent. */
  readonly dispatch: AbortSignal;
  /** Aborted: what is under way ends too. */
  readonly cancel: AbortSignal;
  /** Stops sending because of an error or the budget; what is under way ends by itself and is kept. */
  stop(error: unknown): void;
  readonly stoppedBy: StoppedBy | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Unlinks the user's signal. */
  dispose(): void;
}

export function createStopSignals(userSignal: AbortSignal | undefined): StopSignals {
  const dispatch = new AbortController();
  const cancel = new AbortController();
  let stoppedBy: StoppedBy | null = null;
  let error: StopSignals["error"] = null;

  const onUserCancel = () => {
    stoppedBy ??= "cancel";
    const reason = new OnceoverError("cancelled", "The run was cancelled.");
    dispatch.abort(reason);
    cancel.abort(reason);
  };
  if (userSignal?.aborted) onUserCancel();
  else userSignal?.addEventListener("abort", onUserCancel, { once: true });

  return {
    dispatch: dispatch.signal,
    cancel: cancel.signal,
    stop(cause) {
      if (stoppedBy !== null) return;
      const code = errorCode(cause);
      stoppedBy = code === "budget-reached" || code === "quote-reached" ? "budget" : "error";
      error = { code, message: describeError(cause) };
      dispatch.abort(cause);
    },
    get stoppedBy() {
      return stoppedBy;
    },
    get error() {
      return error;
    },
    dispose: () => userSignal?.removeEventListener("abort", onUserCancel),
  };
}
