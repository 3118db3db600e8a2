/** Replies that come whole, out of a batch's results: read by the same hands as streamed ones. */
import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import type { RawMessageStreamEvent } from "@anthropic-ai/sdk/resources/messages";
import { createChatReply } from "./chatReply.ts";
import { createMessagesReply } from "./messagesReply.ts";
import type { ModelReply } from "./model.ts";
import type { StreamedReply } from "./streamedReply.ts";

/** By which a reply of a batch is billed, whatever it says of itself. */
export const BATCH_TIER = "batch";

type Fields = Readonly<Record<string, unknown>>;

/** A chat completion. null: it is none, or has no end that could be relied on. */
export function readChatCompletion(body: unknown, requestId: string | null): ModelReply | null {
  if (!isFields(body) || !Array.isArray(body["choices"])) return null;
  const choices = (body["choices"] as Fields[]).map((choice) => ({ ...choice, delta: choice["message"] ?? {} }));
  const reply = createChatReply();
  reply.add({ ...body, choices } as unknown as ChatCompletionChunk);
  return whole(reply, requestId);
}

/** A message. null: it is none, or has no end that could be relied on. */
export function readMessage(body: unknown): ModelReply | null {
  if (!isFields(body) || !Array.isArray(body["content"])) return null;
  const { content, stop_reason: stopReason, usage, id } = body;
  const reply = createMessagesReply();
  const texts = (content as Fields[]).filter((block) => block["type"] === "text");
  const events = [
    { type: "message_start", message: body },
    ...texts.map((block) => ({ type: "content_block_delta", delta: { type: "text_delta", text: block["text"] } })),
    { type: "message_delta", delta: { stop_reason: stopReason }, usage },
    { type: "message_stop" },
  ];
  for (const event of events) reply.add(event as unknown as RawMessageStreamEvent);
  return whole(reply, typeof id === "string" ? id : null);
}

function whole(reply: StreamedReply<never>, providerRequestId: string | null): ModelReply | null {
  const { finish, text, usage, model } = reply;
  if (finish === null || finish === "broken") return null;
  return { text, finish, usage, model: model ?? "", serviceTier: BATCH_TIER, providerRequestId };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
