/**
 * Speaks Ollama's own chat, which unlike its OpenAI-compatible one can be told how much context a prompt needs. Its
 * client library is not used: it skips lines that it cannot read, and tells the server what machine this is.
 */
import { parseEndpoint } from "../../shared/endpoint.ts";
import { createAdapter, type AdapterOptions } from "./adapter.ts";
import { DEFAULT_LIMITS, type ModelLimits } from "./chatFailure.ts";
import type { Model } from "./model.ts";
import { capabilitiesOf } from "./modelCapabilities.ts";
import { buildOllamaBody, contextTokensFor } from "./ollamaRequest.ts";
import { createOllamaReply, readOllamaStream, type OllamaChunk } from "./ollamaReply.ts";
import { OLLAMA_WIRE } from "./wireProtocol.ts";

/** A model is loaded first and then reads the prompt, both in silence and slowly on a small machine. */
const OLLAMA_LIMITS: ModelLimits = { ...DEFAULT_LIMITS, idleMs: 290_000, totalMs: 1_800_000 };

/** @throws wrong-endpoint when the base URL is none */
export async function createOllamaModel(options: AdapterOptions): Promise<Model> {
  const { name, apiKey } = options;
  const endpoint = parseEndpoint(options.baseUrl, "ollama");
  const { contextTokens } = capabilitiesOf(name, "ollama");
  let asked = 0;
  return createAdapter<object, OllamaChunk>({
    provider: "ollama",
    options,
    endpoint,
    wire: OLLAMA_WIRE,
    limits: { ...OLLAMA_LIMITS, ...options.limits },
    contextTokens,
    dialect: {},
    speak(request) {
      asked = contextTokensFor(request, asked, contextTokens);
      const body = JSON.stringify(buildOllamaBody(name, request, asked));
      const headers = {
        "content-type": "application/json",
        accept: "application/x-ndjson",
        ...(apiKey === "none" ? {} : { authorization: `Bearer ${apiKey}` }),
      };
      return {
        reply: createOllamaReply(),
        async open(guarded, signal) {
          const response = await guarded.fetch(`${endpoint.baseUrl}/api/chat`, {
            method: "POST",
            headers,
            body,
            signal,
          });
          return readOllamaStream(response.body ?? new Blob([]).stream());
        },
        withoutRefused: () => undefined,
      };
    },
  });
}
