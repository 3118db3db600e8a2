/** From settings to a provider's batches: which protocol, where, and with which key. */
import { parseEndpoint } from "../../shared/endpoint.ts";
import { OnceoverError } from "../../shared/errors.ts";
import type { Ports } from "../ports.ts";
import type { BatchClient } from "./batch.ts";
import { resolveKey } from "./createModel.ts";
import { ANTHROPIC_WIRE, OPENAI_WIRE } from "./wireProtocol.ts";

export interface BatchAddress {
  readonly provider: string;
  readonly model: string;
  /** null: the provider's own. */
  readonly baseUrl: string | null;
}

/** @throws wrong-endpoint, missing-key; invalid-setting for a provider without batches. Nothing has been sent by then */
export async function openBatches(
  { provider, model, baseUrl }: BatchAddress,
  ports: Ports,
  signal: AbortSignal,
): Promise<BatchClient> {
  if (provider !== "openai" && provider !== "anthropic") {
    throw new OnceoverError("invalid-setting", `The provider ${provider} takes no work for the night.`, {
      advice: "OpenAI and Anthropic do: choose one of them, or analyze as usual.",
    });
  }
  const endpoint = parseEndpoint(baseUrl, provider);
  const apiKey = await resolveKey(provider, endpoint, ports);
  const place = { endpoint, model, apiKey, ports, signal };
  if (provider === "openai") {
    const { createOpenAiBatches } = await import("./openaiBatches.ts");
    return createOpenAiBatches({ ...place, wire: OPENAI_WIRE });
  }
  const { createAnthropicBatches } = await import("./anthropicBatches.ts");
  return createAnthropicBatches({ ...place, wire: ANTHROPIC_WIRE });
}
