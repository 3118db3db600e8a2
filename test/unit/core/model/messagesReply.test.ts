import type { RawMessageStreamEvent } from "@anthropic-ai/sdk/resources/messages";
import { expect, test } from "vitest";
import { createMessagesReply } from "../../../../src/core/model/messagesReply.ts";

const event = (fields: object) => fields as RawMessageStreamEvent;
const START = event({
  type: "message_start",
  message: {
    model: "claude-sonnet-5",
    usage: { input_tokens: 10, cache_read_input_tokens: 1_000, cache_creation_input_tokens: 200, output_tokens: 1 },
  },
});
const delta = (stopReason: string | null, outputTokens: number, more: object = {}) =>
  event({
    type: "message_delta",
    delta: { stop_reason: stopReason },
    usage: { output_tokens: outputTokens, cache_read_input_tokens: null, ...more },
  });
const STOP = event({ type: "message_stop" });

test("disjoint counts are summed, cumulative ones replaced, and null changes nothing", () => {
  const reply = createMessagesReply();
  [START, delta(null, 5), delta("end_turn", 9, { input_tokens: 12 }), STOP].forEach(reply.add);
  expect(reply.usage).toEqual({
    inputTokens: 1_212,
    cachedInputTokens: 1_000,
    cacheWriteTokens: 200,
    outputTokens: 9,
  });
});

test.each([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["refusal", "refusal"],
  ["something_new", "broken"],
])("%s ends as %s, but not before the message has stopped", (reason, finish) => {
  const reply = createMessagesReply();
  [START, delta(reason, 9)].forEach(reply.add);
  expect(reply.finish).toBeNull();
  reply.add(STOP);
  expect(reply.finish).toBe(finish);
});

test("thinking is a token, but no text", () => {
  const reply = createMessagesReply();
  const thinking = event({ type: "content_block_delta", delta: { type: "thinking_delta", thinking: "hm" } });
  expect(reply.add(thinking)).toEqual({ text: "", hasToken: true });
  expect(reply.text).toBe("");
  expect(reply.usage).toBeNull();
});
