/** A request in the shape of Anthropic's Messages, as far as the server at hand understands it. */
import type { MessageCreateParamsStreaming, TextBlockParam } from "@anthropic-ai/sdk/resources/messages";
import type { ServerError } from "./errorBody.ts";
import type { ModelRequest, PromptPart } from "./model.ts";
import type { ModelCapabilities } from "./modelCapabilities.ts";
import { withSchemaInWords } from "./schemaInWords.ts";

export type MessagesBody = MessageCreateParamsStreaming;

/** What this server and model take. Starts with everything; what is refused is remembered. */
export interface MessagesDialect {
  readonly replyFormat: "json_schema" | "prompt";
  readonly effort: "low" | null;
}

export function firstMessagesDialect({ reasoningEffort }: ModelCapabilities): MessagesDialect {
  return { replyFormat: "json_schema", effort: reasoningEffort };
}

/**
 * Byte for byte the same for the same request and dialect. The mark on the last shared block makes everything before it
 * readable from the provider's cache; the varying tail carries none, for it would be written and paid for in vain.
 */
export function buildMessagesBody(
  model: string,
  request: ModelRequest,
  dialect: MessagesDialect,
  minimumCacheTokens: number,
): MessagesBody {
  const { schema, maxOutputTokens } = request;
  const isFormatted = schema !== undefined && dialect.replyFormat === "json_schema";
  const parts = isFormatted ? request.parts : withSchemaInWords(request);
  const marked = markedPart(parts, minimumCacheTokens);
  const blocks = (role: PromptPart["role"]): TextBlockParam[] =>
    parts
      .filter((part) => part.role === role)
      .map((part) => ({
        type: "text",
        text: part.text,
        ...(part === marked ? { cache_control: { type: "ephemeral" } } : {}),
      }));
  const outputConfig = {
    ...(dialect.effort ? { effort: dialect.effort } : {}),
    ...(isFormatted
      ? { format: { type: "json_schema" as const, schema: schema.schema as Record<string, unknown> } }
      : {}),
  };
  const system = blocks("system");
  return {
    model,
    max_tokens: maxOutputTokens,
    ...(system.length > 0 ? { system } : {}),
    messages: [{ role: "user", content: blocks("user") }],
    ...(Object.keys(outputConfig).length > 0 ? { output_config: outputConfig } : {}),
    stream: true,
  };
}

/** The last part that others share; undefined where it cannot be long enough to be kept: no token is below a byte. */
function markedPart(parts: readonly PromptPart[], minimumCacheTokens: number): PromptPart | undefined {
  const index = parts.findLastIndex((part) => part.cacheBreakpoint);
  const sizeBytes = parts.slice(0, index + 1).reduce((sum, part) => sum + Buffer.byteLength(part.text), 0);
  return sizeBytes >= minimumCacheTokens ? parts[index] : undefined;
}

/** Ends after a few steps: each takes something away that had been sent. */
export function withoutRefusedConfig(
  dialect: MessagesDialect,
  sent: MessagesBody,
  status: number,
  { message }: ServerError,
): MessagesDialect | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const isUnsupported = /not support|unsupported|extra inputs|not permitted|unexpected|unknown|unrecognized/i.test(
    message,
  );
  if (!isUnsupported) return undefined;
  if (sent.output_config?.effort && /effort/i.test(message)) return { ...dialect, effort: null };
  if (sent.output_config?.format && /output_config|output_format|format|structured output/i.test(message)) {
    return { replyFormat: "prompt", effort: /output_config: extra/i.test(message) ? null : dialect.effort };
  }
  return undefined;
}
