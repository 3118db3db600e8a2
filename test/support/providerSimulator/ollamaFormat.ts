/** Ollama's own chat: one JSON object a line, errors as `{error: text}`, cached tokens never told. */
import type { ApiError } from "./apiError.ts";
import type { ReplyHead, ToldUsage, WireFormat } from "./wireFormat.ts";

const line = (data: object) => `${JSON.stringify(data)}\n`;
const reply = ({ model, created }: ReplyHead, content: string) => ({
  model,
  created_at: new Date(created * 1_000).toISOString(),
  message: { role: "assistant", content },
});
const counts = (usage: ToldUsage | null) =>
  usage ? { prompt_eval_count: usage.inputTokens, eval_count: usage.outputTokens } : {};

function errorJson({ code, message }: ApiError): object {
  return { error: code === "context_length_exceeded" ? "the input length exceeds the context length" : message };
}

export const OLLAMA_FORMAT: WireFormat = {
  contentType: "application/x-ndjson",
  requestIdHeader: "x-request-id",
  start: () => "",
  delta: (head, _request, text) => line({ ...reply(head, text), done: false }),
  malformed: '{"model":"broken","message":{"content":"\n',
  end: (head, _request, finish, _isRefusal, usage) =>
    line({ ...reply(head, ""), done: true, done_reason: finish === "length" ? "length" : "stop", ...counts(usage) }),
  tellsUsage: () => true,
  whole: (head, { text, finish }, usage) => ({
    ...reply(head, text),
    done: true,
    done_reason: finish === "length" ? "length" : "stop",
    ...counts(usage),
  }),
  errorBody: errorJson,
  errorEvent: (error) => line(errorJson(error)),
};
