/** What a request is answered with: the settings' reply, bent by a fault that concerns the content. */
import type { ChatRequest } from "./chatRequest.ts";
import { isJsonObject } from "./chatRequest.ts";
import type { Fault } from "./faults.ts";
import type { FinishReason, ReplyPlan, SimulatorSettings, ToolCall } from "./options.ts";
import { refuterReply } from "./refuterReply.ts";
import { numberedLines, packReply, reviewReply } from "./reviewReply.ts";
import { schemaSample } from "./schemaSample.ts";
import { BYTES_PER_TOKEN, countTokens } from "./tokens.ts";

export interface PreparedReply {
  readonly text: string;
  readonly isRefusal: boolean;
  readonly finish: FinishReason;
  readonly outputTokens: number;
  readonly toolCalls: readonly ToolCall[];
  /** The text in the pieces in which it is streamed. */
  readonly deltas: readonly string[];
}

export async function prepareReply(
  request: ChatRequest,
  settings: SimulatorSettings,
  fault: Fault | null,
): Promise<PreparedReply> {
  const planned = settings.reply ? await settings.reply(request) : defaultReply(request, settings);
  const plan = capped(bent(typeof planned === "string" ? { text: planned } : planned, fault), request);
  const text = plan.refusal ?? plan.text;
  const toolCalls = plan.toolCalls ?? [];
  // A huge reply in tiny deltas would test nothing but patience.
  const deltaTokens = fault?.kind === "huge-reply" ? 4096 : settings.deltaTokens;
  return {
    text,
    isRefusal: plan.refusal !== undefined,
    finish: plan.finish ?? "stop",
    outputTokens: plan.outputTokens ?? countTokens(text + (toolCalls.length > 0 ? JSON.stringify(toolCalls) : "")),
    toolCalls,
    deltas: cutInto(text, deltaTokens * BYTES_PER_TOKEN),
  };
}

function defaultReply(request: ChatRequest, settings: SimulatorSettings): string {
  const schema = request.schema?.["schema"];
  const properties = isJsonObject(schema) && isJsonObject(schema["properties"]) ? schema["properties"] : null;
  if (properties && "reviews" in properties) return packReply(request.lastUserText, settings);
  if (properties && "verdicts" in properties) return refuterReply(request.lastUserText);
  if (properties && !("findings" in properties)) return JSON.stringify(schemaSample(schema));
  if (!properties && numberedLines(request.lastUserText, settings.linePattern).length === 0) {
    return `The prompt has ${request.promptTokens} tokens.`;
  }
  return reviewReply(request.lastUserText, settings);
}

function bent(plan: ReplyPlan, fault: Fault | null): ReplyPlan {
  switch (fault?.kind) {
    case "truncated-json":
      return { text: firstHalf(plan.text), finish: "stop" };
    case "finish-length":
      return { text: firstHalf(plan.text), finish: "length" };
    case "off-schema":
      return { text: fault.text ?? '{"summary":["not","a","text"],"remarks":{}}', finish: "stop" };
    case "content-filter":
      return { text: firstHalf(plan.text), finish: "content_filter" };
    case "refusal":
      return { text: "", refusal: fault.text ?? "I can't help with that.", finish: "stop" };
    case "huge-reply":
      return { text: `{"summary":"${"huge ".repeat(Math.ceil(fault.sizeBytes / 5))}","findings":[]}`, finish: "stop" };
    default:
      return plan;
  }
}

/** Obeys the request's cap on output tokens. */
function capped(plan: ReplyPlan, request: ChatRequest): ReplyPlan {
  const cap = request.maxOutputTokens;
  if (cap === null || plan.refusal !== undefined || countTokens(plan.text) <= cap) return plan;
  const text = cutInto(plan.text, cap * BYTES_PER_TOKEN)[0] ?? "";
  return { text, finish: "length", outputTokens: cap };
}

function firstHalf(text: string): string {
  const half = Math.ceil(text.length / 2);
  return text.slice(0, half).replace(/[\uD800-\uDBFF]$/u, "");
}

/** Pieces of at most so many UTF-8 bytes, never within a character. */
export function cutInto(text: string, maxBytes: number): string[] {
  const pieces: string[] = [];
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length;) {
    let to = Math.min(bytes.length, from + Math.max(4, maxBytes));
    // Bytes 10xxxxxx continue a character.
    while (to < bytes.length && ((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1;
    pieces.push(bytes.toString("utf8", from, to));
    from = to;
  }
  return pieces;
}
