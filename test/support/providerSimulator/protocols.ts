/** The protocols that the simulator speaks, by their paths. */
import { ANTHROPIC_FORMAT } from "./anthropicFormat.ts";
import { parseChatRequest } from "./chatRequest.ts";
import { OLLAMA_FORMAT } from "./ollamaFormat.ts";
import { OPENAI_FORMAT } from "./openaiFormat.ts";
import { parseMessagesRequest, parseOllamaRequest } from "./otherRequests.ts";
import type { WireFormat } from "./wireFormat.ts";

export interface Protocol {
  readonly format: WireFormat;
  readonly parse: typeof parseChatRequest;
}

export const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  "/v1/chat/completions": { format: OPENAI_FORMAT, parse: parseChatRequest },
  "/v1/messages": { format: ANTHROPIC_FORMAT, parse: parseMessagesRequest },
  "/api/chat": { format: OLLAMA_FORMAT, parse: parseOllamaRequest },
};
