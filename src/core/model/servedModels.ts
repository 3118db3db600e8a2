/** Asks a server which models it has, under the same guards as a request for a review. */
import type { Ports } from "../ports.ts";
import { createWatchdog } from "../flow/watchdog.ts";
import { resolveKey } from "./createModel.ts";
import { parseEndpoint, type ServerProvider } from "../../shared/endpoint.ts";
import { createGuardedFetch } from "./guardedFetch.ts";
import { ModelError } from "./modelError.ts";
import { ANTHROPIC_WIRE, OLLAMA_WIRE, OPENAI_WIRE, type WireProtocol } from "./wireProtocol.ts";

interface ListProtocol {
  readonly wire: WireProtocol;
  readonly path: string;
  readonly list: string;
  readonly name: string;
  headersWith(apiKey: string): Readonly<Record<string, string>>;
}

const bearer = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` });
/** The version that the SDK sends with a review. */
const anthropicHeaders = (apiKey: string) => ({ ...bearer(apiKey), "anthropic-version": "2026-10-21" });

const LISTS: Readonly<Record<ServerProvider, ListProtocol>> = {
  openai: { wire: OPENAI_WIRE, path: "/models", list: "data", name: "id", headersWith: bearer },
  anthropic: {
    wire: ANTHROPIC_WIRE,
    path: "/v1/models?limit=1000",
    list: "data",
    name: "id",
    headersWith: anthropicHeaders,
  },
  ollama: { wire: OLLAMA_WIRE, path: "/api/tags", list: "models", name: "name", headersWith: bearer },
};

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;

export async function requestServedModels(options: {
  readonly provider?: ServerProvider;
  readonly baseUrl: string | null;
  readonly ports: Ports;
  readonly signal?: AbortSignal;
}): Promise<readonly string[]> {
  const { ports, provider = "openai" } = options;
  const { wire, path, headersWith } = LISTS[provider];
  const endpoint = parseEndpoint(options.baseUrl, provider);
  const apiKey = await resolveKey(provider, endpoint, ports);
  const signal = options.signal ?? new AbortController().signal;
  const watchdog = createWatchdog({ clock: ports.clock, idleMs: TIMEOUT_MS, totalMs: TIMEOUT_MS, signal });
  const guarded = createGuardedFetch({
    fetch: ports.fetch,
    clock: ports.clock,
    context: { endpoint, model: "", apiKey, isFirstRequest: true, wire },
    maxReplyBytes: MAX_BYTES,
    onAccepted: () => undefined,
    onActivity: watchdog.touch,
  });
  try {
    const headers = { ...headersWith(apiKey), accept: "application/json" };
    const text = await guarded.fetchText(`${endpoint.baseUrl}${path}`, { headers, signal: watchdog.signal });
    return readNames(text, LISTS[provider]);
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
      advice: wire.urlAdvice,
      cause: error,
    });
  } finally {
    watchdog.stop();
  }
}

/** `{data: [{id}]}`, Ollama's `{models: [{name}]}`. @throws when it is nothing like that */
function readNames(text: string, { list, name }: (typeof LISTS)["openai"]): string[] {
  const entries = (JSON.parse(text) as Record<string, readonly Record<string, unknown>[]>)[list]!;
  return entries.map((entry) => entry[name]).filter((id): id is string => typeof id === "string" && id !== "");
}
