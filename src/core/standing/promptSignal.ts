/** Nobody waits longer for what only saves time: then the engine is asked, which takes what it takes. */
const DEADLINE_MS = 3_000;

/** Given up by the caller, or after a moment. */
export function promptSignal(signal: AbortSignal | undefined): AbortSignal {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  return signal ? AbortSignal.any([signal, deadline]) : deadline;
}
