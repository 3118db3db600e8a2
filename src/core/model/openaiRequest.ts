/** A request in the shape of Chat Completions, as far as the server at hand understands it. */
import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import type { Endpoint } from "../../shared/endpoint.ts";
import type { ServerError } from "./errorBody.ts";
import type { ModelRequest, PromptPart } from "./model.ts";
import type { ModelCapabilities } from "./modelCapabilities.ts";
import { withSchemaInWords } from "./schemaInWords.ts";

export type ChatBody = ChatCompletionCreateParamsStreaming;

/** What this server takes. Starts with everything that OpenAI's own takes; what is refused is remembered. */
export interface Dialect {
  readonly replyFormat: "json_schema" | "json_object" | "prompt";
  readonly asksForUsage: boolean;
  readonly outputLimitField: "max_completion_tokens" | "max_tokens";
  readonly sendsCacheKey: boolean;
  readonly reasoningEffort: "low" | null;
  readonly marksBreakpoints: boolean;
  /** Random padding of the stream can be left out: it costs bandwidth and only OpenAI's own server adds it. */
  readonly refusesPadding: boolean;
  /** null: whatever is usual. */
  readonly serviceTier: "flex" | null;
}

export function firstDialect(
  capabilities: ModelCapabilities,
  endpoint: Endpoint,
  serviceTier: Dialect["serviceTier"] = null,
): Dialect {
  return {
    replyFormat: "json_schema",
    asksForUsage: true,
    outputLimitField: capabilities.outputLimitField,
    sendsCacheKey: true,
    reasoningEffort: capabilities.reasoningEffort,
    marksBreakpoints: capabilities.cachingKind === "explicit",
    refusesPadding: endpoint.isOpenAi,
    serviceTier,
  };
}

/** Byte for byte the same for the same request and dialect: what is shared comes first and is found again in caches. */
export function buildChatBody(model: string, request: ModelRequest, dialect: Dialect): ChatBody {
  const { schema, cacheKey, maxOutputTokens } = request;
  const streamOptions = { include_usage: true, ...(dialect.refusesPadding ? { include_obfuscation: false } : {}) };
  return {
    model,
    messages: buildMessages(
      dialect.replyFormat === "json_schema" ? request.parts : withSchemaInWords(request),
      dialect.marksBreakpoints,
    ),
    ...(schema ? replyFormat(schema, dialect) : {}),
    [dialect.outputLimitField]: maxOutputTokens,
    ...(dialect.reasoningEffort ? { reasoning_effort: dialect.reasoningEffort } : {}),
    ...(dialect.serviceTier ? { service_tier: dialect.serviceTier } : {}),
    ...(cacheKey !== undefined && dialect.sendsCacheKey ? { prompt_cache_key: cacheKey } : {}),
    ...(dialect.marksBreakpoints ? { prompt_cache_options: { mode: "explicit" } } : {}),
    stream: true,
    ...(dialect.asksForUsage ? { stream_options: streamOptions } : {}),
  };
}

function replyFormat(schema: NonNullable<ModelRequest["schema"]>, { replyFormat }: Dialect): Partial<ChatBody> {
  if (replyFormat === "prompt") return {};
  if (replyFormat === "json_object") return { response_format: { type: "json_object" } };
  const { name, schema: definition } = schema;
  return {
    response_format: {
      type: "json_schema",
      json_schema: { name, strict: true, schema: definition as Record<string, unknown> },
    },
  };
}

/** Neighbours of one role become one message: some models' templates insist that roles alternate. */
function buildMessages(parts: readonly PromptPart[], marksBreakpoints: boolean): ChatCompletionMessageParam[] {
  const groups: PromptPart[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last?.[0]?.role === part.role) last.push(part);
    else groups.push([part]);
  }
  return groups.map((group) => {
    const role = group[0]!.role;
    if (!marksBreakpoints) return { role, content: group.map((part) => part.text).join("\n\n") };
    const content = group.map((part) => ({
      type: "text" as const,
      text: part.text,
      ...(part.cacheBreakpoint ? { prompt_cache_breakpoint: { mode: "explicit" as const } } : {}),
    }));
    return { role, content };
  });
}

const UNSUPPORTED =
  /unsupported|not supported|does not support|unrecognized|unknown|unexpected|extra|not permitted|not allowed|unavailable|not available|not implemented|invalid parameter|use '?max_/i;

/**
 * The dialect without what the server has just refused by name; undefined when that was nothing of the kind.
 * Ends after a few steps: each takes something away that had been sent.
 */
export function withoutRefused(
  dialect: Dialect,
  sent: ChatBody,
  status: number,
  error: ServerError,
): Dialect | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const names = (pattern: RegExp) =>
    pattern.test(error.param ?? "") || (error.param === null && pattern.test(error.message));
  const isUnsupported = UNSUPPORTED.test(error.message) || /unsupported|unknown/.test(error.code ?? "");
  // A broken schema is a defect of ours that no other format would mend.
  if (
    sent.response_format &&
    names(/response_format|json_schema|structured output/i) &&
    !/invalid schema/i.test(error.message)
  ) {
    return { ...dialect, replyFormat: dialect.replyFormat === "json_schema" ? "json_object" : "prompt" };
  }
  if (!isUnsupported) return undefined;
  if (sent.stream_options && names(/stream_options|include_usage|include_obfuscation/)) {
    return dialect.refusesPadding ? { ...dialect, refusesPadding: false } : { ...dialect, asksForUsage: false };
  }
  if (sent.max_completion_tokens !== undefined && names(/max_completion_tokens/))
    return { ...dialect, outputLimitField: "max_tokens" };
  if (sent.max_tokens !== undefined && names(/max_tokens/))
    return { ...dialect, outputLimitField: "max_completion_tokens" };
  if (sent.reasoning_effort && names(/reasoning/)) return { ...dialect, reasoningEffort: null };
  if (dialect.marksBreakpoints && names(/prompt_cache_(options|breakpoint)/))
    return { ...dialect, marksBreakpoints: false };
  if (sent.prompt_cache_key !== undefined && names(/prompt_cache_key/)) return { ...dialect, sendsCacheKey: false };
  return undefined;
}
