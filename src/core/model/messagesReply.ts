/** Puts a streamed reply of Anthropic's Messages together. */
import type { RawMessageStreamEvent, StopReason } from "@anthropic-ai/sdk/resources/messages";
import type { FinishReason } from "./model.ts";
import type { StreamedReply } from "./streamedReply.ts";
import { readMessagesUsage } from "./usage.ts";

/** A reason that nobody knows is no end that could be relied on. */
const FINISH: Readonly<Record<StopReason, FinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  tool_use: "stop",
  pause_turn: "length",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "refusal",
};

export function createMessagesReply(): StreamedReply<RawMessageStreamEvent> {
  let text = "";
  let reason: FinishReason | "broken" | null = null;
  let hasEnded = false;
  let usage: Readonly<Record<string, unknown>> = {};
  let model: string | null = null;
  let serviceTier: string | null = null;
  const nothing = { text: "", hasToken: false };

  /** Cumulative: what a later event repeats replaces what an earlier one said. */
  const addUsage = (more: object | null | undefined) => {
    const known = Object.entries(more ?? {}).filter(([, value]) => value !== null && value !== undefined);
    usage = { ...usage, ...Object.fromEntries(known) };
  };

  return {
    add(event) {
      switch (event.type) {
        case "message_start":
          model = event.message.model || null;
          addUsage(event.message.usage);
          serviceTier = event.message.usage?.service_tier ?? null;
          return nothing;
        case "content_block_start":
          return nothing;
        case "content_block_delta": {
          const added = event.delta.type === "text_delta" ? event.delta.text : "";
          text += added;
          // Thinking is billed and keeps the line alive, but is not shown.
          return { text: added, hasToken: true };
        }
        case "message_delta":
          if (event.delta.stop_reason) reason = FINISH[event.delta.stop_reason] ?? "broken";
          addUsage(event.usage);
          return nothing;
        case "message_stop":
          hasEnded = true;
          return nothing;
        default:
          return nothing;
      }
    },
    get text() {
      return text;
    },
    get finish() {
      return hasEnded ? (reason ?? "broken") : null;
    },
    get usage() {
      return readMessagesUsage(usage);
    },
    get model() {
      return model;
    },
    get serviceTier() {
      return serviceTier;
    },
  };
}
