import { OnceoverError } from "../shared/errors.ts";
import type { CliIo } from "./io.ts";

export const CANCELLED_STATUS = 130;

export interface Cancellation {
  readonly signal: AbortSignal;
  stop(): void;
}

/** The first signal cancels: what is done is still reported. The second ends the process at once. */
export function listenForCancel(io: Pick<CliIo, "onSignal" | "exitNow">, onCancel: () => void): Cancellation {
  const controller = new AbortController();
  const stop = io.onSignal(() => {
    if (controller.signal.aborted) return io.exitNow(CANCELLED_STATUS);
    controller.abort(new OnceoverError("cancelled", "Cancelled."));
    onCancel();
  });
  return { signal: controller.signal, stop };
}
