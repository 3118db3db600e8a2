/** OpenAI's Chat Completions. */
import { errorBody } from "./apiError.ts";
import { chunk, completion, usageChunk, usageJson, type CompletionHead } from "./completion.ts";
import { event, type ReplyHead, type ToldUsage, type WireFormat } from "./wireFormat.ts";

const headOf = ({ requestId, ...head }: ReplyHead): CompletionHead => ({ id: `chatcmpl-${requestId}`, ...head });
const json = (usage: ToldUsage) => usageJson(usage, usage.cache, usage.withDetails);

export const OPENAI_FORMAT: WireFormat = {
  contentType: "text/event-stream; charset=utf-8",
  requestIdHeader: "x-request-id",
  start: (head, { includeUsage }) =>
    event(chunk(headOf(head), { role: "assistant", content: "", refusal: null }, null, includeUsage)),
  delta: (head, { includeUsage }, text, isRefusal) =>
    event(chunk(headOf(head), isRefusal ? { refusal: text } : { content: text }, null, includeUsage)),
  malformed: 'data: {"id":"chatcmpl-broken","choices":[{"delta":{"content":"\n\n',
  end(head, { includeUsage }, finish, _isRefusal, usage) {
    const last = event(chunk(headOf(head), {}, finish, includeUsage));
    const told = includeUsage && usage ? event(usageChunk(headOf(head), json(usage))) : "";
    return `${last}${told}${event("[DONE]")}`;
  },
  tellsUsage: ({ includeUsage }) => includeUsage,
  whole(head, { text, isRefusal, finish, toolCalls }, usage) {
    const message = isRefusal ? { content: null, refusal: text } : { content: text, refusal: null };
    if (toolCalls.length === 0) return completion(headOf(head), message, finish, usage && json(usage));
    const calls = toolCalls.map(({ name, parameters }, index) => ({
      id: `call_${head.requestId}_${index}`,
      type: "function",
      function: { name, arguments: JSON.stringify(parameters) },
    }));
    return completion(headOf(head), { ...message, tool_calls: calls }, "tool_calls", usage && json(usage));
  },
  errorBody,
  errorEvent: (error) => event(errorBody(error)),
};
