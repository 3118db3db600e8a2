/** The adapter against a fake of the API that was written by others: whoever misreads the protocol, it shows here. */
import { LLMock } from "@copilotkit/aimock";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Model, ModelRequest } from "../../src/core/model/model.ts";
import { createOpenAiModel } from "../../src/core/model/openai.ts";
import { systemClock } from "../../src/core/systemPorts.ts";

const silent = () => undefined;
const mock = new LLMock({ port: 0, chunkSize: 4 });
let model: Model;

const ask = (text: string, own: Partial<ModelRequest> = {}): ModelRequest => ({
  parts: [
    { role: "system", text: "You review code." },
    { role: "user", text },
  ],
  maxOutputTokens: 100,
  ...own,
});
const nobody = new AbortController().signal;

beforeAll(async () => {
  await mock.start();
  model = await createOpenAiModel({
    name: "gpt-5-mini",
    baseUrl: `${mock.url}/v1`,
    apiKey: "test-key",
    fetch: (input, init) => globalThis.fetch(input, init),
    clock: systemClock,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
});

beforeEach(() => void mock.reset());

afterAll(async () => {
  await model.close();
  await mock.stop();
});

test("text comes in pieces, and whole", async () => {
  mock.onMessage("hello", { content: "Good day to you." });
  const pieces: string[] = [];
  const reply = await model.stream(ask("hello"), { onText: (delta) => pieces.push(delta) }, nobody);
  expect(reply).toMatchObject({ text: "Good day to you.", finish: "stop" });
  expect(pieces.join("")).toBe("Good day to you.");
  expect(pieces.length).toBeGreaterThan(1);
});

test("a structured reply is asked for with its schema", async () => {
  const answer = { summary: "Fine.", findings: [] };
  mock.on({ userMessage: "review this", responseFormat: "json_schema" }, { content: JSON.stringify(answer) });
  const schema = {
    type: "object",
    properties: { summary: { type: "string" }, findings: { type: "array", items: { type: "string" } } },
    required: ["summary", "findings"],
    additionalProperties: false,
  };
  const reply = await model.stream(ask("review this", { schema: { name: "review", schema } }), {}, nobody);
  expect(JSON.parse(reply.text)).toEqual(answer);
  expect(mock.getLastRequest()?.body).toMatchObject({
    response_format: { type: "json_schema", json_schema: { name: "review", strict: true, schema } },
  });
});

test("usage comes with the stream; what this server does not report is unknown", async () => {
  mock.onMessage("count", { content: "Done.", usage: { prompt_tokens: 50, completion_tokens: 3, total_tokens: 53 } });
  const reply = await model.stream(ask("count"), {}, nobody);
  expect(reply.usage).toEqual({ inputTokens: 50, cachedInputTokens: null, cacheWriteTokens: null, outputTokens: 3 });
});

test("a cut reply says so", async () => {
  mock.onMessage("long", { content: "It goes on and", finishReason: "length" });
  expect((await model.stream(ask("long"), {}, nobody)).finish).toBe("length");
});

test("an empty account is terminal, a rate limit says when to come back", async () => {
  mock.onMessage("again", { content: "x" });
  mock.nextRequestError(429, {
    message: "You exceeded your current quota.",
    type: "insufficient_quota",
    code: "insufficient_quota",
  });
  await expect(model.stream(ask("again"), {}, nobody)).rejects.toMatchObject({
    code: "quota-exhausted",
    kind: "terminal",
    billed: "no",
  });
  mock.nextRequestError(429, { message: "Slow down.", type: "rate_limit_error", code: "rate_limit_exceeded" });
  await expect(model.stream(ask("again"), {}, nobody)).rejects.toMatchObject({
    code: "rate-limited",
    kind: "rate-limited",
    billed: "no",
  });
  expect(await model.stream(ask("again"), {}, nobody)).toMatchObject({ text: "x" });
});

test("a stream that breaks off is no reply", async () => {
  mock.onMessage("break", { content: "This is never whole." }, { truncateAfterChunks: 3 });
  await expect(model.stream(ask("break"), {}, nobody)).rejects.toMatchObject({ kind: "transient", billed: "maybe" });
});
