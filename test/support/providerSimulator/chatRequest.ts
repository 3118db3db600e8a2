/** A Chat Completions request as the simulator reads it. */
import { apiError } from "./apiError.ts";
import type { ApiError } from "./apiError.ts";
import type { CacheKind } from "./promptCache.ts";
import { countTokens } from "./tokens.ts";

export type JsonObject = Record<string, unknown>;

export interface ChatMessage {
  readonly role: string;
  /** Text of all its parts, one after the other, a line break between two. */
  readonly text: string;
}

/** The end of a reusable prefix, as the client marked it. */
export interface Breakpoint {
  readonly endByte: number;
}

export interface ChatRequest {
  /** 1 for the first chat request since the start or the last reset. */
  readonly index: number;
  /** How often this very prompt has come, this time included. */
  readonly sighting: number;
  readonly body: JsonObject;
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly maxOutputTokens: number | null;
  readonly serviceTier: string;
  readonly messages: readonly ChatMessage[];
  readonly lastUserText: string;
  /** The whole prompt as tokens are counted on it: the reply's schema and the tools, then each role and text. */
  readonly promptText: string;
  readonly promptTokens: number;
  readonly cacheKey: string;
  /** Explicit breakpoints in order. */
  readonly breakpoints: readonly Breakpoint[];
  /** `explicit`: no breakpoint but the marked ones. */
  readonly breakpointMode: "implicit" | "explicit";
  readonly schema: JsonObject | null;
  /** How this protocol caches, whatever is set; undefined: as set. */
  readonly cacheKind?: CacheKind;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface RenderedPrompt {
  readonly text: string;
  readonly messages: readonly ChatMessage[];
  readonly breakpoints: readonly Breakpoint[];
}

/** The request, or the error that the API answers to it. */
export function parseChatRequest(
  body: unknown,
  index: number,
  countSighting: (promptText: string) => number,
): { request: ChatRequest } | { error: ApiError } {
  if (!isJsonObject(body)) return { error: apiError(400, { message: "The body must be a JSON object." }) };
  const { model, messages } = body;
  if (typeof model !== "string") {
    return { error: apiError(400, { message: "You must provide a model parameter.", param: "model" }) };
  }
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isMessage)) {
    return { error: apiError(400, { message: "Invalid 'messages': an array of messages.", param: "messages" }) };
  }
  const schema = schemaOf(body);
  const prompt = renderPrompt(schema, body["tools"], messages);
  const cacheOptions = isJsonObject(body["prompt_cache_options"]) ? body["prompt_cache_options"] : {};
  const streamOptions = isJsonObject(body["stream_options"]) ? body["stream_options"] : {};
  const request: ChatRequest = {
    index,
    sighting: countSighting(prompt.text),
    body,
    model,
    stream: body["stream"] === true,
    includeUsage: streamOptions["include_usage"] === true,
    maxOutputTokens: numberOf(body["max_completion_tokens"]) ?? numberOf(body["max_tokens"]),
    serviceTier: body["service_tier"] === "flex" ? "flex" : "default",
    messages: prompt.messages,
    lastUserText: prompt.messages.findLast((message) => message.role === "user")?.text ?? "",
    promptText: prompt.text,
    promptTokens: countTokens(prompt.text),
    cacheKey: typeof body["prompt_cache_key"] === "string" ? body["prompt_cache_key"] : "",
    breakpoints: prompt.breakpoints,
    breakpointMode: cacheOptions["mode"] === "explicit" ? "explicit" : "implicit",
    schema,
  };
  return { request };
}

function isMessage(value: unknown): value is JsonObject {
  if (!isJsonObject(value) || typeof value["role"] !== "string") return false;
  const content = value["content"];
  if (content === null || content === undefined || typeof content === "string") return true;
  return Array.isArray(content) && content.every((part) => isJsonObject(part) && typeof part["type"] === "string");
}

function schemaOf(body: JsonObject): JsonObject | null {
  const format = body["response_format"];
  if (!isJsonObject(format) || format["type"] !== "json_schema") return null;
  return isJsonObject(format["json_schema"]) ? format["json_schema"] : {};
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function renderPrompt(schema: JsonObject | null, tools: unknown, raw: readonly JsonObject[]): RenderedPrompt {
  let text = schema ? `${JSON.stringify(schema)}\n` : "";
  // Descriptions of tools, and earlier calls of them, are billed like any other text.
  if (Array.isArray(tools)) text += `${JSON.stringify(tools)}\n`;
  const messages: ChatMessage[] = [];
  const breakpoints: Breakpoint[] = [];
  for (const message of raw) {
    const role = String(message["role"]);
    text += `<|${role}|>\n`;
    const parts = partsOf(message["content"]);
    for (const part of parts) {
      text += part.text;
      if (part.marked) breakpoints.push({ endByte: Buffer.byteLength(text) });
    }
    if (Array.isArray(message["tool_calls"])) text += JSON.stringify(message["tool_calls"]);
    text += "\n";
    messages.push({ role, text: parts.map((part) => part.text).join("\n") });
  }
  return { text, messages, breakpoints };
}

function partsOf(content: unknown): { text: string; marked: boolean }[] {
  if (typeof content === "string") return [{ text: content, marked: false }];
  if (!Array.isArray(content)) return [];
  return content.filter(isJsonObject).map((part) => {
    const mark = part["prompt_cache_breakpoint"];
    return {
      text: typeof part["text"] === "string" ? part["text"] : JSON.stringify(part),
      marked: isJsonObject(mark) && mark["mode"] === "explicit",
    };
  });
}
