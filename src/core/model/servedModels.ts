/** Asks a server which models it has, under the same guards as a request for a review. */
import type { Ports } from "../ports.ts";
import { createWatchdog } from "../flow/watchdog.ts";
import { resolveKey } from "./createModel.ts";
import { parseEndpoint } from "../../shared/endpoint.ts";
import { createGuardedFetch } from "./guardedFetch.ts";
import { ModelError } from "./modelError.ts";

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;

export async function requestServedModels(options: {
  readonly baseUrl: string | null;
  readonly ports: Ports;
  readonly signal?: AbortSignal;
}): Promise<readonly string[]> {
  const { ports } = options;
  const endpoint = parseEndpoint(options.baseUrl);
  const apiKey = await resolveKey("openai", endpoint, ports);
  const signal = options.signal ?? new AbortController().signal;
  const watchdog = createWatchdog({ clock: ports.clock, idleMs: TIMEOUT_MS, totalMs: TIMEOUT_MS, signal });
  const guarded = createGuardedFetch({
    fetch: ports.fetch,
    clock: ports.clock,
    context: { endpoint, model: "", apiKey, isFirstRequest: true },
    maxReplyBytes: MAX_BYTES,
    onAccepted: () => undefined,
    onActivity: watchdog.touch,
  });
  try {
    const headers = { authorization: `Bearer ${apiKey}`, accept: "application/json" };
    const text = await guarded.fetchText(`${endpoint.baseUrl}/models`, { headers, signal: watchdog.signal });
    return readNames(text);
  } catch (error) {
    if (watchdog.expired)
      throw new ModelError({
        code: "unreachable",
        kind: "transient",
        message: `${endpoint.host} did not answer within 10 s.`,
      });
    if (signal.aborted)
      throw new ModelError({ code: "cancelled", kind: "cancelled", message: "The request was cancelled." });
    if (guarded.failure) throw new ModelError(guarded.failure);
    const message = `${endpoint.host} did not answer with a list of models.`;
    throw new ModelError({
      code: "wrong-endpoint",
      kind: "terminal",
      message,
      advice: "Check the base URL: it usually ends in /v1.",
      cause: error,
    });
  } finally {
    watchdog.stop();
  }
}

/** `{data: [{id}]}`. @throws when it is nothing like that */
function readNames(text: string): string[] {
  const { data } = JSON.parse(text) as { data: readonly { id?: unknown }[] };
  return data.map(({ id }) => id).filter((id): id is string => typeof id === "string" && id !== "");
}
