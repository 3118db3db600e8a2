import type { RunMirror } from "./runMirror.ts";

/**
 * What the user answers; false when the run is cancelled meanwhile: VS Code cannot close a question, and a run does not
 * wait for one that is void. While it is open the window says that it is.
 */
export async function answerOf(
  ask: () => Promise<boolean>,
  mirror: Pick<RunMirror, "asking">,
  signal: AbortSignal,
): Promise<boolean> {
  signal.throwIfAborted();
  const cancelled = Promise.withResolvers<false>();
  const stop = () => cancelled.resolve(false);
  signal.addEventListener("abort", stop);
  mirror.asking(true);
  try {
    return await Promise.race([ask(), cancelled.promise]);
  } finally {
    signal.removeEventListener("abort", stop);
    mirror.asking(false);
  }
}
