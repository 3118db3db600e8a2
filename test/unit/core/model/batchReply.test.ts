import { describe, expect, test } from "vitest";
import { readChatCompletion, readMessage } from "../../../../src/core/model/batchReply.ts";

describe("a chat completion out of a batch", () => {
  const body = {
    model: "gpt-5-mini",
    service_tier: "default",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "{}", refusal: null } }],
    usage: { prompt_tokens: 10, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } },
  };

  test("is read as a streamed one, and belongs to the batch's tier", () => {
    expect(readChatCompletion(body, "req_1")).toEqual({
      text: "{}",
      finish: "stop",
      usage: { inputTokens: 10, cachedInputTokens: 4, cacheWriteTokens: null, outputTokens: 2 },
      model: "gpt-5-mini",
      serviceTier: "batch",
      providerRequestId: "req_1",
    });
  });

  test("knows refusals and cut replies, and takes nothing without an end for a reply", () => {
    const said = (choice: object) => readChatCompletion({ ...body, choices: [choice] }, null);
    expect(said({ finish_reason: "stop", message: { content: null, refusal: "No." } })).toMatchObject({
      finish: "refusal",
    });
    expect(said({ finish_reason: "length", message: { content: "{" } })).toMatchObject({ finish: "length" });
    expect(said({ message: { content: "{}" } })).toBeNull();
    for (const none of [null, 7, "{}", {}, { choices: "x" }, { choices: [] }])
      expect(readChatCompletion(none, null)).toBeNull();
  });
});

test("a message out of a batch: its texts together, its usage in one sum", () => {
  const body = {
    id: "msg_1",
    model: "claude-haiku-4-5",
    stop_reason: "end_turn",
    content: [
      { type: "thinking", thinking: "…" },
      { type: "text", text: '{"a":' },
      { type: "text", text: "1}" },
    ],
    usage: { input_tokens: 5, cache_read_input_tokens: 2, cache_creation_input_tokens: 3, output_tokens: 7 },
  };
  expect(readMessage(body)).toEqual({
    text: '{"a":1}',
    finish: "stop",
    usage: { inputTokens: 10, cachedInputTokens: 2, cacheWriteTokens: 3, outputTokens: 7 },
    model: "claude-haiku-4-5",
    serviceTier: "batch",
    providerRequestId: "msg_1",
  });
  expect(readMessage({ ...body, stop_reason: "max_tokens" })).toMatchObject({ finish: "length" });
  expect(readMessage({ ...body, stop_reason: null })).toBeNull();
  for (const none of [null, [], {}, { content: "x" }]) expect(readMessage(none)).toBeNull();
});
