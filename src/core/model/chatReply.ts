/** Puts a streamed reply together. */
import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import type { RequestUsage } from "../../shared/events.ts";
import type { FinishReason } from "./model.ts";
import type { StreamedReply } from "./streamedReply.ts";
import { readUsage } from "./usage.ts";

/** Compatible servers have words of their own. A tool call ends a reply like a stop: no tool is offered. */
const FINISH: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  eos: "stop",
  eos_token: "stop",
  end_turn: "stop",
  stop_sequence: "stop",
  tool_calls: "stop",
  function_call: "stop",
  length: "length",
  max_tokens: "length",
  content_filter: "content-filter",
  safety: "content-filter",
  refusal: "refusal",
};

export function createChatReply(): StreamedReply<ChatCompletionChunk> {
  let text = "";
  let refusal = "";
  let finish: FinishReason | "broken" | null = null;
  let usage: RequestUsage | null = null;
  let model: string | null = null;
  let serviceTier: string | null = null;

  return {
    add(chunk) {
      model ??= nonEmpty(chunk.model);
      serviceTier = nonEmpty(chunk.service_tier) ?? serviceTier;
      // Some servers repeat the usage in every chunk: the last one counts.
      usage = readUsage(chunk.usage) ?? usage;
      const choice = chunk.choices?.[0];
      if (!choice) return { text: "", hasToken: false };
      const delta: Partial<typeof choice.delta> = choice.delta ?? {};
      const added = delta.content ?? "";
      text += added;
      refusal += delta.refusal ?? "";
      const reason = choice.finish_reason;
      if (reason) finish = FINISH[reason.toLowerCase()] ?? "broken";
      const thinking =
        "reasoning_content" in delta ? delta.reasoning_content : "reasoning" in delta ? delta.reasoning : null;
      return { text: added, hasToken: Boolean(added || delta.refusal || thinking) };
    },
    get text() {
      return text || refusal;
    },
    get finish() {
      return finish === "stop" && refusal ? "refusal" : finish;
    },
    get usage() {
      return usage;
    },
    get model() {
      return model;
    },
    get serviceTier() {
      return serviceTier;
    },
  };
}

function nonEmpty(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
