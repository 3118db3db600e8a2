/** Requests in Anthropic's and Ollama's shapes, read as what they have in common with OpenAI's. */
import { apiError, type ApiError } from "./apiError.ts";
import { isJsonObject, parseChatRequest, type ChatRequest, type JsonObject } from "./chatRequest.ts";

type Parsed = { request: ChatRequest } | { error: ApiError };
type CountSighting = (promptText: string) => number;

export function parseMessagesRequest(body: unknown, index: number, countSighting: CountSighting): Parsed {
  if (!isJsonObject(body)) return { error: apiError(400, { message: "The body must be a JSON object." }) };
  if (typeof body["max_tokens"] !== "number")
    return { error: apiError(400, { message: "max_tokens: Field required" }) };
  const system = body["system"] === undefined ? [] : [{ role: "system", content: marked(body["system"]) }];
  const messages = Array.isArray(body["messages"]) ? (body["messages"] as JsonObject[]) : [];
  const wrong = messages.find(({ role }) => role !== "user" && role !== "assistant");
  if (wrong) return { error: apiError(400, { message: `messages: Unexpected role "${String(wrong["role"])}".` }) };
  if (countMarks(body) > 4) return { error: apiError(400, { message: "A maximum of 4 blocks with cache_control." }) };
  const parsed = parseChatRequest(
    {
      model: body["model"],
      messages: [...system, ...messages.map((one) => ({ role: one["role"], content: marked(one["content"]) }))],
      stream: body["stream"],
      max_tokens: body["max_tokens"],
      prompt_cache_options: { mode: "explicit" },
      ...schemaField(isJsonObject(body["output_config"]) ? body["output_config"]["format"] : undefined),
    },
    index,
    countSighting,
  );
  return "error" in parsed
    ? parsed
    : { request: { ...parsed.request, body, includeUsage: true, cacheKind: "breakpoints" } };
}

export function parseOllamaRequest(body: unknown, index: number, countSighting: CountSighting): Parsed {
  if (!isJsonObject(body)) return { error: apiError(400, { message: "invalid JSON" }) };
  const options = isJsonObject(body["options"]) ? body["options"] : {};
  const parsed = parseChatRequest(
    {
      model: body["model"],
      messages: body["messages"],
      stream: body["stream"] !== false,
      max_tokens: options["num_predict"],
      ...schemaField({ type: "json_schema", schema: body["format"] }),
    },
    index,
    countSighting,
  );
  if ("error" in parsed) return parsed;
  const contextTokens = typeof options["num_ctx"] === "number" ? options["num_ctx"] : 4_096;
  // What the real one does too: without an order to the contrary the beginning of a long prompt is dropped silently.
  if (body["truncate"] !== false && parsed.request.promptTokens > contextTokens)
    return { error: apiError(500, { message: "Simulator: the prompt would have been cut without a word." }) };
  if (parsed.request.promptTokens > contextTokens)
    return { error: apiError(400, { message: "the input length exceeds the context length" }) };
  return { request: { ...parsed.request, body, includeUsage: true, cacheKind: "none" } };
}

function schemaField(format: unknown): object {
  if (!isJsonObject(format) || !isJsonObject(format["schema"])) return {};
  const schema = { name: "reply", strict: true, schema: format["schema"] };
  return { response_format: { type: "json_schema", json_schema: schema } };
}

/** Anthropic's marks, as OpenAI words them. */
function marked(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  return (content as JsonObject[]).map(({ cache_control: mark, ...block }) =>
    mark === undefined ? block : { ...block, prompt_cache_breakpoint: { mode: "explicit" } },
  );
}

function countMarks(body: unknown): number {
  return JSON.stringify(body).split('"cache_control":{').length - 1;
}
