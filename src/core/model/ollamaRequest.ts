/** A request in the shape of Ollama's own chat, with a context that holds the whole prompt. */
import type { ChatRequest, Message } from "ollama";
import type { ModelRequest } from "./model.ts";
import { withSchemaInWords } from "./schemaInWords.ts";

export type OllamaBody = ChatRequest & {
  readonly stream: true;
  /** False: a prompt that does not fit is an error. Otherwise it is cut without a word. */
  readonly truncate: false;
};

/** A model stays loaded for so long: what a run needs again right away is not loaded twice. */
const KEEP_ALIVE = "15m";
const SMALLEST_CONTEXT_TOKENS = 16_384;
/** Dense code in any tokenizer that local models have. */
const BYTES_PER_TOKEN = 2.5;

export function buildOllamaBody(model: string, request: ModelRequest, contextTokens: number): OllamaBody {
  const { schema, maxOutputTokens } = request;
  return {
    model,
    messages: buildMessages(request),
    ...(schema ? { format: schema.schema } : {}),
    options: { num_ctx: contextTokens, num_predict: maxOutputTokens },
    keep_alive: KEEP_ALIVE,
    stream: true,
    truncate: false,
  };
}

/**
 * Tokens of context for prompt and reply. In steps, for every change makes the server load the model anew; never more
 * than the model has.
 *
 * @param before what was asked for last: it only grows
 */
export function contextTokensFor(request: ModelRequest, before: number, mostTokens: number): number {
  const sizeBytes = withSchemaInWords(request).reduce((sum, part) => sum + Buffer.byteLength(part.text), 0);
  const needed = sizeBytes / BYTES_PER_TOKEN + request.maxOutputTokens;
  let tokens = Math.max(before, SMALLEST_CONTEXT_TOKENS);
  while (tokens < needed && tokens < mostTokens) tokens *= 2;
  return Math.min(tokens, mostTokens);
}

/** `format` binds the reply, but the model is not shown it: the schema is said in words too. */
function buildMessages(request: ModelRequest): Message[] {
  const messages: Message[] = [];
  for (const { role, text } of withSchemaInWords(request)) {
    const last = messages.at(-1);
    if (last?.role === role) last.content += `\n\n${text}`;
    else messages.push({ role, content: text });
  }
  return messages;
}
