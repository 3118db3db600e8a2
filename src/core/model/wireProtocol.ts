/** What tells one provider's protocol from another's before a reply is read: headers, whole replies, words for people. */
import type { RateLimits } from "./model.ts";
import { readAnthropicRateLimits, readRateLimits } from "./retryAfter.ts";

export interface WireProtocol {
  /** As it is called in errors. */
  readonly apiName: string;
  readonly urlAdvice: string;
  /** What to do when the server does not know the model. */
  unknownModelAdvice(model: string): string;
  /** Lower case. Whatever else an SDK adds (this machine's platform, headers from the environment) stays here. */
  readonly sentHeaders: readonly string[];
  readonly requestIdHeader: string;
  readRateLimits(headers: Headers, nowEpochMs: number): RateLimits;
  /** A reply that came whole instead of as a stream, as the stream it would have been; null: it is no reply. */
  streamOfWhole(reply: Readonly<Record<string, unknown>>): string | null;
}

const COMMON_HEADERS = ["content-type", "accept", "user-agent"];
const chooseAnother = () =>
  "Choose another one with --model or the setting onceover.model; `onceover models` lists them.";

export const OPENAI_WIRE: WireProtocol = {
  apiName: "chat completions API",
  urlAdvice: "Check the base URL: it usually ends in /v1.",
  unknownModelAdvice: chooseAnother,
  sentHeaders: ["authorization", ...COMMON_HEADERS],
  requestIdHeader: "x-request-id",
  readRateLimits,
  streamOfWhole(reply) {
    if (!Array.isArray(reply["choices"])) return null;
    const choices = (reply["choices"] as object[]).map((choice) =>
      Object.assign(choice, { delta: "message" in choice ? choice.message : {} }),
    );
    return `data: ${JSON.stringify({ ...reply, choices })}\n\ndata: [DONE]\n\n`;
  },
};

export const ANTHROPIC_WIRE: WireProtocol = {
  apiName: "messages API",
  urlAdvice: "Check the base URL: /v1/messages is added to it.",
  unknownModelAdvice: chooseAnother,
  sentHeaders: ["authorization", "anthropic-version", ...COMMON_HEADERS],
  requestIdHeader: "request-id",
  readRateLimits: readAnthropicRateLimits,
  streamOfWhole: () => null,
};

export const OLLAMA_WIRE: WireProtocol = {
  apiName: "Ollama",
  urlAdvice: "Check the base URL, or OLLAMA_HOST: it is usually http://127.0.0.1:11434.",
  unknownModelAdvice: (model) => `Pull it first: ollama pull ${model}`,
  sentHeaders: ["authorization", ...COMMON_HEADERS],
  requestIdHeader: "x-request-id",
  readRateLimits,
  streamOfWhole: (reply) => ("done" in reply ? `${JSON.stringify(reply)}\n` : null),
};
