import { isOnceoverError, OnceoverError } from "../../shared/errors.ts";
import { onAbort } from "./onAbort.ts";

/** For work that cannot be interrupted: nobody has to wait for it. @throws cancelled */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const stopListening = onAbort(signal, () => aborted.reject(cancelled(signal.reason)));
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    stopListening();
  }
}

function cancelled(reason: unknown): Error {
  return isOnceoverError(reason) ? reason : new OnceoverError("cancelled", "The run was cancelled.", { cause: reason });
}
