import { getEventListeners } from "node:events";
import { Worker } from "node:worker_threads";
import net from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { describeError } from "../../../../src/shared/errors.ts";
import { systemClock } from "../../../../src/core/systemPorts.ts";
import type { Clock, Logger } from "../../../../src/core/ports.ts";
import type { Model, ModelRequest, RateLimits, StreamHandlers } from "../../../../src/core/model/model.ts";
import { isModelError, type ModelError } from "../../../../src/core/model/modelError.ts";
import type { ModelLimits } from "../../../../src/core/model/chatFailure.ts";
import { createOpenAiModel } from "../../../../src/core/model/openai.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";
import {
  answerJson,
  answerWell,
  chunk,
  startEvents,
  startRawServer,
  USAGE,
  type Answer,
  type RawServer,
} from "../../../support/rawServer.ts";

const KEY = "sk-test-0123456789abcdef";
const REQUEST: ModelRequest = {
  parts: [
    { role: "system", text: "Review." },
    { role: "system", text: "Shared.", cacheBreakpoint: true },
    { role: "user", text: "1| let a;" },
  ],
  schema: { name: "review", schema: { type: "object", properties: {}, required: [], additionalProperties: false } },
  maxOutputTokens: 500,
  cacheKey: "onceover-1",
};
const USE = { inputTokens: 1_200, cachedInputTokens: 1_024, cacheWriteTokens: null, outputTokens: 30 };

const open: { model?: Model; server?: RawServer } = {};
const logged: string[] = [];
const log = (message: string) => void logged.push(message);
const logger: Logger = { debug: log, info: log, warn: log, error: log };

afterEach(async () => {
  await open.model?.close();
  await open.server?.[Symbol.asyncDispose]();
  delete open.model;
  delete open.server;
  logged.length = 0;
});

interface Setup {
  readonly name?: string;
  readonly clock?: Clock;
  readonly limits?: Partial<ModelLimits>;
  readonly path?: string;
}

async function setUp(
  answers: readonly Answer[],
  { name = "gpt-5-mini", clock = systemClock, limits = {}, path = "/v1" }: Setup = {},
) {
  const server = (open.server = await startRawServer(...answers));
  const model = (open.model = await createOpenAiModel({
    name,
    baseUrl: `${server.origin}${path}`,
    apiKey: KEY,
    fetch: (input, init) => globalThis.fetch(input, init),
    clock,
    logger,
    limits,
  }));
  const ask = (handlers: StreamHandlers = {}, signal = new AbortController().signal) =>
    model.stream(REQUEST, handlers, signal);
  return { server, model, ask };
}

async function failureOf(reply: Promise<unknown>): Promise<ModelError> {
  try {
    await reply;
  } catch (error) {
    if (isModelError(error)) return error;
    throw error;
  }
  throw new Error("The request did not fail.");
}

describe("a sound reply", () => {
  test("leaves nobody listening to a signal, its library's own among them: the process would keep them alive", async () => {
    const { ask } = await setUp([answerWell]);
    const made: AbortSignal[] = [];
    const any = AbortSignal.any.bind(AbortSignal);
    const spy = vi.spyOn(AbortSignal, "any").mockImplementation((signals) => {
      const signal = any(signals);
      made.push(signal);
      return signal;
    });
    const caller = new AbortController();
    await ask({}, caller.signal).finally(() => spy.mockRestore());
    expect(made.length).toBeGreaterThan(0);
    for (const signal of [...made, caller.signal]) expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("is put together, with usage, tier and the provider's id", async () => {
    const { server, model, ask } = await setUp([answerWell]);
    const seen: string[] = [];
    const reply = await ask({
      onAccepted: () => seen.push("accepted"),
      onFirstToken: () => seen.push("first"),
      onText: (delta) => seen.push(delta),
    });
    expect(reply).toEqual({
      text: "Hello world",
      finish: "stop",
      usage: USE,
      model: "gpt-5-mini-2025-08-07",
      serviceTier: "default",
      providerRequestId: "req_1",
    });
    expect(seen).toEqual(["accepted", "first", "Hello ", "world"]);
    expect(model).toMatchObject({
      provider: "openai",
      name: "gpt-5-mini",
      origin: server.origin,
      contextTokens: 400_000,
    });
  });

  test("was asked for with strict schema, usage, cache key and nothing that identifies this machine", async () => {
    const { server, ask } = await setUp([answerWell]);
    await ask();
    const { url, headers, body } = server.requests[0]!;
    expect(url).toBe("/v1/chat/completions");
    expect(body).toEqual({
      model: "gpt-5-mini",
      messages: [
        { role: "system", content: "Review.\n\nShared." },
        { role: "user", content: "1| let a;" },
      ],
      response_format: { type: "json_schema", json_schema: { ...REQUEST.schema, strict: true } },
      max_completion_tokens: 500,
      reasoning_effort: "low",
      prompt_cache_key: "onceover-1",
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(headers["authorization"]).toBe(`Bearer ${KEY}`);
    expect(Object.keys(headers).filter((name) => /stainless|organization|project/.test(name))).toEqual([]);
  });

  test("headers from the environment of OpenAI's own tools do not leak to another server", async () => {
    process.env["OPENAI_CUSTOM_HEADERS"] = "X-Secret: 1";
    process.env["OPENAI_ORG_ID"] = "org-1";
    try {
      const { server, ask } = await setUp([answerWell]);
      await ask();
      expect(server.requests[0]!.headers).not.toHaveProperty("x-secret");
      expect(server.requests[0]!.headers).not.toHaveProperty("openai-organization");
    } finally {
      delete process.env["OPENAI_CUSTOM_HEADERS"];
      delete process.env["OPENAI_ORG_ID"];
    }
  });

  test("marks breakpoints where the model finds prefixes again at breakpoints alone", async () => {
    const { server, ask } = await setUp([answerWell], { name: "gpt-5.6-luna" });
    await ask();
    expect(server.requests[0]!.body).toMatchObject({
      prompt_cache_options: { mode: "explicit" },
      messages: [
        {
          role: "system",
          content: [
            { type: "text", text: "Review." },
            { type: "text", text: "Shared.", prompt_cache_breakpoint: { mode: "explicit" } },
          ],
        },
        { role: "user", content: [{ type: "text", text: "1| let a;" }] },
      ],
    });
  });

  test("leaves its connection to the next request", async () => {
    const clock = createFakeClock();
    const { server, ask } = await setUp([answerWell], { clock });
    for (let round = 0; round < 3; round++) {
      await ask();
      // The end of the body is read right after the reply, under a timer of its own.
      await vi.waitFor(() => expect(clock.sleepers).toBe(0));
    }
    expect(server.requests).toHaveLength(3);
    expect(server.connections).toBe(1);
  });

  test("tells the rate limits at acceptance", async () => {
    let limits: RateLimits | undefined;
    const headers = {
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "6m0s",
      "x-ratelimit-limit-tokens": "90",
    };
    const { ask } = await setUp([
      (response) => {
        const send = startEvents(response, headers);
        send(chunk("x", "stop"));
        response.end("data: [DONE]\n\n");
      },
    ]);
    await ask({ onAccepted: (accepted) => (limits = accepted) });
    expect(limits).toMatchObject({
      remainingRequests: 0,
      resetRequestsMs: 360_000,
      limitTokens: 90,
      remainingTokens: null,
    });
  });

  test.each([
    ["length", "length"],
    ["content_filter", "content-filter"],
    ["tool_calls", "stop"],
    ["eos", "stop"],
  ])("finish reason %s is %s", async (given, expected) => {
    const { ask } = await setUp([(response) => (startEvents(response)(chunk("x", given)), void response.end())]);
    expect((await ask()).finish).toBe(expected);
  });

  test("a refusal is told apart and keeps its words", async () => {
    const { ask } = await setUp([
      (response) => {
        const send = startEvents(response);
        send({ ...chunk(null), choices: [{ index: 0, delta: { refusal: "I will not." }, finish_reason: null }] });
        send(chunk(null, "stop"));
        response.end("data: [DONE]\n\n");
      },
    ]);
    expect(await ask()).toMatchObject({ finish: "refusal", text: "I will not." });
  });

  test("without usage is complete, and its usage unknown", async () => {
    const { ask } = await setUp([(response) => (startEvents(response)(chunk("x", "stop")), void response.end())]);
    expect(await ask()).toMatchObject({ text: "x", usage: null });
  });

  test("is not lost when the socket is cut, or kept open, after the finish reason", async () => {
    const clock = createFakeClock();
    const { server, ask } = await setUp(
      [
        (response) => {
          startEvents(response)(chunk("cut", "stop"));
          setImmediate(() => response.destroy());
        },
        (response) => startEvents(response)(chunk("open", "stop")),
      ],
      { clock },
    );
    expect(await ask()).toMatchObject({ text: "cut", usage: null });
    const told = Promise.withResolvers<void>();
    const reply = ask({ onText: () => told.resolve() });
    await told.promise;
    await clock.advance(10_000);
    expect(await reply).toMatchObject({ text: "open", usage: null });
    await server.allClosed();
  });

  test("of a server that does not stream is taken whole", async () => {
    const whole = {
      model: "local",
      choices: [{ index: 0, message: { role: "assistant", content: "all" }, finish_reason: "stop" }],
      usage: USAGE,
    };
    const { ask } = await setUp([answerJson(200, whole)]);
    expect(await ask()).toMatchObject({ text: "all", finish: "stop", usage: USE, model: "local" });
  });

  test("comes through whatever way the bytes are cut", async () => {
    const bytes = Buffer.from(
      `: hello\r\n\r\ndata: ${JSON.stringify(chunk("Grüße 👋🏽"))}\r\n\r\ndata: ${JSON.stringify(chunk(null, "stop"))}\r\n\r\ndata: [DONE]\r\n\r\n`,
    );
    const { ask } = await setUp([
      async (response) => {
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
        for (const byte of bytes) {
          response.write(Buffer.of(byte));
          await new Promise((resolve) => setImmediate(resolve));
        }
        response.end();
      },
    ]);
    expect((await ask()).text).toBe("Grüße 👋🏽");
  });

  test("sent whole and cut in the middle is no reply", async () => {
    const { ask } = await setUp([
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
        response.write("{", () => response.destroy());
      },
    ]);
    expect(await failureOf(ask())).toMatchObject({ code: "stream-interrupted", kind: "transient", billed: "maybe" });
  });

  test("survives a listener that throws", async () => {
    const { ask } = await setUp([answerWell]);
    const reply = await ask({
      onText() {
        throw new Error("a defect");
      },
    });
    expect(reply.text).toBe("Hello world");
    expect(logged.join()).toContain("a defect");
  });
});

const openAiError = (fields: object) => ({ error: { message: "M.", type: "t", param: null, code: null, ...fields } });

describe("an error answer", () => {
  const rows: [number, unknown, Record<string, string>, object][] = [
    [401, openAiError({ code: "invalid_api_key" }), {}, { code: "invalid-key", kind: "terminal" }],
    [403, openAiError({}), {}, { code: "invalid-key", kind: "terminal" }],
    [
      400,
      [{ error: { code: 400, message: "API key not valid. Please pass a valid API key." } }],
      {},
      { code: "invalid-key", kind: "terminal" },
    ],
    [
      429,
      openAiError({ type: "insufficient_quota", code: "insufficient_quota" }),
      {},
      { code: "quota-exhausted", kind: "terminal" },
    ],
    [429, openAiError({ code: "credit_balance_exhausted" }), {}, { code: "quota-exhausted", kind: "terminal" }],
    [429, openAiError({ code: "project_spend_limit_exceeded" }), {}, { code: "quota-exhausted", kind: "terminal" }],
    [
      429,
      openAiError({ code: "organization_usage_limit_exceeded" }),
      {},
      { code: "quota-exhausted", kind: "terminal" },
    ],
    [402, openAiError({ message: "Insufficient Balance" }), {}, { code: "quota-exhausted", kind: "terminal" }],
    [404, openAiError({ code: "model_not_found" }), {}, { code: "unknown-model", kind: "terminal" }],
    [404, openAiError({ message: "The model `x` does not exist." }), {}, { code: "unknown-model", kind: "terminal" }],
    [404, { detail: "Not Found" }, {}, { code: "wrong-endpoint", kind: "terminal" }],
    [404, "<html>no</html>", {}, { code: "wrong-endpoint", kind: "terminal" }],
    [405, {}, {}, { code: "wrong-endpoint", kind: "terminal" }],
    [
      429,
      openAiError({ code: "rate_limit_exceeded" }),
      { "retry-after": "90" },
      { code: "rate-limited", kind: "rate-limited", retryAfterMs: 90_000 },
    ],
    [
      429,
      openAiError({}),
      { "retry-after-ms": "1500", "retry-after": "2" },
      { kind: "rate-limited", retryAfterMs: 1_500 },
    ],
    [
      429,
      openAiError({}),
      { "retry-after": "Fri, 20 Nov 2026 01:00:00 GMT", date: "Fri, 20 Nov 2026 00:00:00 GMT" },
      { retryAfterMs: 3_600_000 },
    ],
    [429, openAiError({}), {}, { kind: "rate-limited", retryAfterMs: null }],
    [
      429,
      openAiError({ message: "Request too large for gpt-5-mini" }),
      {},
      { code: "context-too-long", kind: "request" },
    ],
    [503, openAiError({ code: "slow_down" }), {}, { code: "rate-limited", kind: "rate-limited" }],
    [
      503,
      openAiError({ code: "server_is_overloaded" }),
      { "retry-after": "3" },
      { code: "server-error", kind: "transient", retryAfterMs: 3_000 },
    ],
    [408, openAiError({}), {}, { kind: "transient" }],
    [409, openAiError({}), {}, { kind: "transient" }],
    [500, "oops", {}, { code: "server-error", kind: "transient" }],
    [502, "<html>bad gateway</html>", {}, { code: "server-error", kind: "transient" }],
    [529, openAiError({}), {}, { code: "server-error", kind: "transient" }],
    [400, openAiError({ code: "context_length_exceeded" }), {}, { code: "context-too-long", kind: "request" }],
    [
      400,
      { message: "This model's maximum context length is 4096 tokens." },
      {},
      { code: "context-too-long", kind: "request" },
    ],
    [413, "", {}, { code: "context-too-long", kind: "request" }],
    [400, openAiError({ message: "No." }), {}, { code: "request-rejected", kind: "request" }],
    [
      400,
      openAiError({ message: "Invalid schema for response_format 'review'", param: "response_format" }),
      {},
      { code: "request-rejected", kind: "request" },
    ],
  ];

  test.each(rows)("%i %j", async (status, body, headers, expected) => {
    const isText = typeof body === "string";
    const type = isText ? { "content-type": "text/html" } : { "content-type": "application/json" };
    const { server, ask } = await setUp([
      (response) => void response.writeHead(status, { ...type, ...headers }).end(isText ? body : JSON.stringify(body)),
    ]);
    const error = await failureOf(ask());
    expect(error).toMatchObject({ billed: "no", httpStatus: status, partialText: "", ...expected });
    expect(server.requests).toHaveLength(1);
  });

  test("says which server, and what to do", async () => {
    const { server, ask } = await setUp([
      answerJson(401, openAiError({ message: `Incorrect API key provided: ${KEY}.` })),
    ]);
    const host = new URL(server.origin).host;
    expect(describeError(await failureOf(ask()))).toBe(
      `${host} answered 401 to the first request: the key was refused. Set another key in ONCEOVER_API_KEY, or in the editor with “Onceover: Set API Key”.`,
    );
    expect((await failureOf(ask())).message).toBe(`${host} answered 401: the key was refused.`);
  });

  test("shows a short excerpt without keys and hidden characters", async () => {
    const message = `Bad ${KEY} and sk-proj-abcdefg\u001b[31m red\u202e\nline ${"x".repeat(400)}`;
    const { ask } = await setUp([answerJson(400, openAiError({ message }))]);
    const shown = (await failureOf(ask())).message;
    expect(shown).not.toContain(KEY);
    expect(shown).not.toContain("abcdefg");
    expect(shown).toMatch(/Bad \[key\] and \[key\]\\u\{1b\}\[31m red\\u\{202e\} line x+…\.$/);
    expect(shown.length).toBeLessThan(300);
  });

  test("a body without end is not read to its end", async () => {
    const { server, ask } = await setUp([
      (response) => {
        response.writeHead(500, { "content-type": "text/plain" });
        const fill = () => {
          while (!response.destroyed && response.write("x".repeat(16_384)));
        };
        response.on("drain", fill);
        fill();
      },
    ]);
    expect(await failureOf(ask())).toMatchObject({ code: "server-error" });
    await server.allClosed();
  });

  test("a web page with status 200 is a wrong address", async () => {
    const { ask } = await setUp([
      (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>"),
    ]);
    expect(await failureOf(ask())).toMatchObject({ code: "wrong-endpoint", kind: "terminal", billed: "no" });
  });

  test("a redirect is not followed: the key goes nowhere else", async () => {
    await using other = await startRawServer(answerWell);
    const { ask } = await setUp([
      (response) => void response.writeHead(307, { location: `${other.origin}/v1/chat/completions` }).end(),
    ]);
    const error = await failureOf(ask());
    expect(error).toMatchObject({ code: "wrong-endpoint", kind: "terminal", billed: "no", httpStatus: 307 });
    expect(error.message).toContain(other.origin);
    expect(other.requests).toHaveLength(0);
  });
});

const refuse = (message: string, param: string | null = null) => answerJson(400, { error: { message, param } });

describe("what a compatible server does not know", () => {
  test("is left out after it was refused once, and remembered", async () => {
    const { server, ask } = await setUp([
      refuse("This response_format type is unavailable now"),
      refuse("Unrecognized request argument supplied: stream_options"),
      refuse("Unsupported parameter: 'max_completion_tokens'", "max_completion_tokens"),
      refuse("property 'prompt_cache_key' is unsupported"),
      refuse("Unsupported value: 'reasoning_effort'", "reasoning_effort"),
      answerWell,
    ]);
    expect((await ask()).text).toBe("Hello world");
    expect(server.requests).toHaveLength(6);
    await ask();
    expect(server.requests).toHaveLength(7);
    const { body } = server.requests[6]!;
    expect(body).toMatchObject({ response_format: { type: "json_object" }, max_tokens: 500 });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(["stream_options"]));
    expect(body).not.toHaveProperty("max_completion_tokens");
    expect(body).not.toHaveProperty("prompt_cache_key");
    expect(body).not.toHaveProperty("reasoning_effort");
    // Without a schema in the protocol the model is told of it in words.
    expect(JSON.stringify(body["messages"])).toContain("additionalProperties");
  });

  test("ends: a server that refuses everything fails the request", async () => {
    const { server, ask } = await setUp([refuse("response_format is not supported")]);
    expect(await failureOf(ask())).toMatchObject({ code: "request-rejected", kind: "request" });
    expect(server.requests).toHaveLength(3);
  });

  test("other models than OpenAI's get the field that every server knows", async () => {
    const { server, ask } = await setUp([answerWell], { name: "qwen3-coder" });
    await ask();
    expect(server.requests[0]!.body).toMatchObject({ max_tokens: 500 });
    expect(server.requests[0]!.body).not.toHaveProperty("max_completion_tokens");
  });
});

const half: Answer = (response) => startEvents(response)(chunk("half"));

describe("a reply that breaks", () => {
  test("ends without a finish reason", async () => {
    const { ask } = await setUp([
      (response) => (startEvents(response)(chunk("half")), void response.end("data: [DONE]\n\n")),
    ]);
    expect(await failureOf(ask())).toMatchObject({
      code: "stream-interrupted",
      kind: "transient",
      billed: "maybe",
      partialText: "half",
      usage: null,
    });
  });

  test("is cut", async () => {
    let cut: (() => void) | undefined;
    const { ask } = await setUp([
      (response) => {
        cut = () => response.destroy();
        startEvents(response)(chunk("half"));
      },
    ]);
    expect(await failureOf(ask({ onText: () => cut?.() }))).toMatchObject({
      code: "stream-interrupted",
      kind: "transient",
      billed: "maybe",
      partialText: "half",
    });
  });

  test("has something in it that is no JSON", async () => {
    const { server, ask } = await setUp([
      (response) => {
        const send = startEvents(response);
        send(chunk("half"));
        send("{broken");
      },
    ]);
    expect(await failureOf(ask())).toMatchObject({ code: "stream-interrupted", billed: "maybe", partialText: "half" });
    await server.allClosed();
  });

  test.each([
    [
      { error: { message: "The server had an error", type: "server_error" } },
      { code: "server-error", kind: "transient" },
    ],
    [{ error: { message: "slow", code: "rate_limit_exceeded" } }, { code: "rate-limited", kind: "rate-limited" }],
    [{ error: { message: "no money", type: "insufficient_quota" } }, { code: "quota-exhausted", kind: "terminal" }],
    [{ error: { message: "upstream", code: 429 } }, { code: "rate-limited", kind: "rate-limited" }],
    [{ error: "plain words" }, { code: "server-error", kind: "transient" }],
  ])("says %j after status 200", async (event, expected) => {
    const { ask } = await setUp([
      (response) => {
        const send = startEvents(response);
        send(chunk("half"));
        send(event);
      },
    ]);
    expect(await failureOf(ask())).toMatchObject({
      billed: "maybe",
      partialText: "half",
      httpStatus: 200,
      ...expected,
    });
  });

  test("a finish reason that says the server could not go on is no end", async () => {
    const { ask } = await setUp([(response) => (startEvents(response)(chunk("half", "error")), void response.end())]);
    expect(await failureOf(ask())).toMatchObject({ code: "stream-interrupted", billed: "maybe", partialText: "half" });
  });

  test("falls silent: after 60 s, not before; the socket is closed", async () => {
    const clock = createFakeClock();
    const { server, ask } = await setUp([half], { clock });
    const told = Promise.withResolvers<void>();
    const failure = failureOf(ask({ onText: () => told.resolve() }));
    let isOver = false;
    void failure.then(() => (isOver = true));
    await told.promise;
    await clock.advance(59_000);
    expect(isOver).toBe(false);
    await clock.advance(1_000);
    expect(await failure).toMatchObject({ code: "timeout", kind: "transient", billed: "maybe", partialText: "half" });
    await server.allClosed();
    expect(clock.sleepers).toBe(0);
  });

  test("never begins: headers that do not come count as silence, and may be billed", async () => {
    const clock = createFakeClock();
    const { server, ask } = await setUp([() => undefined], { clock });
    const failure = failureOf(ask());
    await server.received(1);
    // Past the connect timeout: there is a connection, so the model may think.
    await clock.advance(59_999);
    await clock.advance(1);
    expect(await failure).toMatchObject({ code: "timeout", billed: "maybe", partialText: "" });
    await server.allClosed();
  });

  test("drips: whatever comes, after 10 min it is over", async () => {
    const clock = createFakeClock();
    let drip: ((data: unknown) => void) | undefined;
    const { ask } = await setUp([(response) => void (drip = startEvents(response))], { clock });
    let seen = Promise.withResolvers<void>();
    const failure = failureOf(ask({ onAccepted: () => seen.resolve(), onText: () => seen.resolve() }));
    await seen.promise;
    for (let minute = 0; minute < 20; minute++) {
      seen = Promise.withResolvers<void>();
      drip?.(chunk("."));
      await seen.promise;
      await clock.advance(29_999);
    }
    await clock.advance(20);
    expect(await failure).toMatchObject({ code: "timeout", billed: "maybe", partialText: ".".repeat(20) });
  });

  test("is larger than allowed", async () => {
    const { server, ask } = await setUp(
      [
        (response) => {
          const send = startEvents(response);
          const timer = setInterval(() => send(chunk("x".repeat(1_000))), 1);
          response.on("close", () => clearInterval(timer));
        },
      ],
      { limits: { maxReplyBytes: 20_000 } },
    );
    const error = await failureOf(ask());
    expect(error).toMatchObject({ code: "reply-truncated", kind: "request", billed: "maybe" });
    expect(error.partialText.length).toBeGreaterThan(1_000);
    expect(error.partialText.length).toBeLessThan(20_000);
    await server.allClosed();
  });

  test("one endless line is cut as well", async () => {
    const { server, ask } = await setUp(
      [
        (response) => {
          response.writeHead(200, { "content-type": "text/event-stream" });
          const timer = setInterval(() => response.write("data: " + "x".repeat(5_000)), 1);
          response.on("close", () => clearInterval(timer));
        },
      ],
      { limits: { maxReplyBytes: 50_000 } },
    );
    expect(await failureOf(ask())).toMatchObject({ code: "reply-truncated", billed: "maybe" });
    await server.allClosed();
  });
});

describe("cancelling", () => {
  test("before anything is sent sends nothing", async () => {
    const { server, ask } = await setUp([answerWell]);
    expect(await failureOf(ask({}, AbortSignal.abort()))).toMatchObject({
      code: "cancelled",
      kind: "cancelled",
      billed: "no",
    });
    expect(server.requests).toHaveLength(0);
  });

  test("before the headers, and in the middle, closes the socket at once", async () => {
    const { server, ask } = await setUp([() => undefined, (response) => startEvents(response)(chunk("half"))]);
    const first = new AbortController();
    const unanswered = failureOf(ask({}, first.signal));
    await server.received(1);
    first.abort();
    expect(await unanswered).toMatchObject({ code: "cancelled", kind: "cancelled", billed: "maybe" });
    await server.allClosed();

    const second = new AbortController();
    const broken = failureOf(ask({ onText: () => second.abort() }, second.signal));
    expect(await broken).toMatchObject({ code: "cancelled", billed: "maybe", partialText: "half" });
    await server.allClosed();
  });

  test("closing the model ends what is under way", async () => {
    const { server, model, ask } = await setUp([() => undefined]);
    const failure = failureOf(ask());
    await server.received(1);
    await model.close();
    expect((await failure).kind).toBe("cancelled");
    await server.allClosed();
  });

  test("many at once leave nothing behind", async () => {
    const { server, ask } = await setUp([(response) => startEvents(response)(chunk("half"))]);
    const controller = new AbortController();
    const failures = Array.from({ length: 20 }, () => failureOf(ask({}, controller.signal)));
    await server.received(20);
    controller.abort();
    for (const failure of failures) expect((await failure).kind).toBe("cancelled");
    await server.allClosed();
    expect(server.openConnections).toBe(0);
  });
});

describe("a server that is not there", () => {
  test("refuses the connection", async () => {
    const { server, ask } = await setUp([answerWell]);
    await server[Symbol.asyncDispose]();
    const error = await failureOf(ask());
    expect(error).toMatchObject({ code: "unreachable", kind: "transient", billed: "no", httpStatus: null });
    expect(error.message).toContain("ECONNREFUSED");
  });

  test("hangs up without an answer: it may have been billed", async () => {
    const { ask } = await setUp([(response) => void response.destroy()]);
    expect(await failureOf(ask())).toMatchObject({ code: "unreachable", kind: "transient", billed: "maybe" });
  });

  test("does not take the connection: told apart from thinking, within the connect timeout", async () => {
    await using full = await startFullServer();
    const model = (open.model = await createOpenAiModel({
      name: "gpt-5-mini",
      baseUrl: `http://127.0.0.1:${full.port}/v1`,
      apiKey: KEY,
      fetch: globalThis.fetch,
      clock: systemClock,
      logger,
      limits: { connectMs: 200 },
    }));
    const error = await failureOf(model.stream(REQUEST, {}, new AbortController().signal));
    expect(error).toMatchObject({ code: "unreachable", kind: "transient", billed: "no" });
    expect(error.message).toContain("no connection");
  });

  test("has a port that no client uses", async () => {
    const model = (open.model = await createOpenAiModel({
      name: "m",
      baseUrl: "http://127.0.0.1:1/v1",
      apiKey: KEY,
      fetch: globalThis.fetch,
      clock: systemClock,
      logger,
    }));
    expect(await failureOf(model.stream(REQUEST, {}, new AbortController().signal))).toMatchObject({
      code: "wrong-endpoint",
      kind: "terminal",
      billed: "no",
    });
  });
});

test("nothing that is logged holds the key or the code", async () => {
  const { ask } = await setUp([
    answerJson(400, { error: { message: "response_format is not supported" } }),
    answerJson(500, {}),
  ]);
  await failureOf(ask());
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join("\n")).not.toMatch(/sk-test|let a/);
});

/** Listens, but its queue of connections is full and nobody takes them out: the next one waits for ever. */
async function startFullServer(): Promise<AsyncDisposable & { readonly port: number }> {
  const source = `
    const net = require("node:net");
    const { parentPort, workerData } = require("node:worker_threads");
    const server = net.createServer();
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      Atomics.wait(new Int32Array(workerData), 0, 0);
    });`;
  const worker = new Worker(source, { eval: true, workerData: new SharedArrayBuffer(4) });
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  const fillers = Array.from({ length: 8 }, () => net.connect(port, "127.0.0.1").on("error", () => undefined));
  // The queue holds one more than asked for.
  let connected = 0;
  await new Promise<void>((resolve) =>
    fillers.forEach((one) => one.once("connect", () => ++connected === 2 && resolve())),
  );
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
