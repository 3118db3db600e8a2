/** What every adapter must do, whatever its protocol: one suite, against the simulator over real HTTP. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AdapterOptions } from "../../src/core/model/adapter.ts";
import { createAnthropicModel } from "../../src/core/model/anthropic.ts";
import type { Model, ModelRequest, StreamHandlers } from "../../src/core/model/model.ts";
import { isModelError, type ModelError } from "../../src/core/model/modelError.ts";
import { createOllamaModel } from "../../src/core/model/ollama.ts";
import { createOpenAiModel } from "../../src/core/model/openai.ts";
import type { Clock } from "../../src/core/ports.ts";
import { systemClock } from "../../src/core/systemPorts.ts";
import { createFakeClock } from "../support/fakeClock.ts";
import type { Fault } from "../support/providerSimulator/faults.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";

interface Adapter {
  readonly provider: Model["provider"];
  readonly model: string;
  readonly create: (options: AdapterOptions) => Promise<Model>;
  /** What is cached is told by the provider. */
  readonly tellsCaching: boolean;
  readonly refuses: boolean;
}

const ADAPTERS: readonly Adapter[] = [
  { provider: "openai", model: "gpt-5.6", create: createOpenAiModel, tellsCaching: true, refuses: true },
  { provider: "anthropic", model: "claude-sonnet-5", create: createAnthropicModel, tellsCaching: true, refuses: true },
  { provider: "ollama", model: "qwen3-coder:30b", create: createOllamaModel, tellsCaching: false, refuses: false },
];

const KEY = "sk-contract-0123456789";
const SHARED = "Follow each value from where it enters to where it is used. ".repeat(120);
const SCHEMA = {
  name: "review",
  schema: {
    type: "object",
    properties: { summary: { type: "string" }, findings: { type: "array", items: { type: "string" } } },
    required: ["summary", "findings"],
    additionalProperties: false,
  },
};
const REQUEST: ModelRequest = {
  parts: [
    { role: "system", text: SHARED },
    { role: "user", text: "# The workspace\nTypeScript.", cacheBreakpoint: true },
    { role: "user", text: "1| let a = b;" },
  ],
  schema: SCHEMA,
  maxOutputTokens: 500,
  cacheKey: "onceover-1",
};
const ANSWER = '{"summary":"Sound as far as it goes, and short.","findings":[]}';

let simulator: Simulator;
let model: Model | undefined;
const silent = () => undefined;

beforeAll(async () => {
  simulator = await createProviderSimulator({ key: KEY, cache: "breakpoints", reply: () => ANSWER });
});
afterEach(async () => {
  await model?.close();
  simulator.faults.clear();
  simulator.reset();
});
afterAll(() => simulator.stop());

describe.each(ADAPTERS)("$provider", ({ provider, model: name, create, tellsCaching, refuses }) => {
  const setUp = async (own: Partial<AdapterOptions> = {}, clock: Clock = systemClock) => {
    model = await create({
      name,
      baseUrl: simulator.origin,
      apiKey: KEY,
      fetch: (input, init) => globalThis.fetch(input, init),
      clock,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      ...own,
    });
    return model;
  };
  const ask = async (handlers: StreamHandlers = {}, signal = new AbortController().signal) =>
    (model ?? (await setUp())).stream(REQUEST, handlers, signal);
  const failing = async (fault: Fault) => {
    await setUp();
    simulator.faults.replace([{ fault }]);
    return failureOf(ask());
  };

  test("a sound reply comes in pieces and whole, with the bill's own usage", async () => {
    await setUp();
    const seen: string[] = [];
    const reply = await ask({
      onAccepted: () => seen.push("accepted"),
      onFirstToken: () => seen.push("first"),
      onText: (delta) => seen.push(delta),
    });
    expect(reply).toMatchObject({ text: ANSWER, finish: "stop", model: name, providerRequestId: "req_000001" });
    expect(seen.slice(0, 2)).toEqual(["accepted", "first"]);
    expect(seen.slice(2).join("")).toBe(ANSWER);
    expect(seen.length).toBeGreaterThan(4);
    const { inputTokens, outputTokens, cacheWriteTokens } = simulator.bill();
    expect(reply.usage).toEqual({
      inputTokens,
      outputTokens,
      cachedInputTokens: tellsCaching ? 0 : null,
      cacheWriteTokens: tellsCaching ? cacheWriteTokens : null,
    });
    expect(cacheWriteTokens > 1_000).toBe(tellsCaching);
  });

  test("what is shared is read from the cache the second time, though the tail is another", async () => {
    await setUp();
    await ask();
    const tail = { role: "user", text: "1| something else altogether" } as const;
    const other = { ...REQUEST, parts: [...REQUEST.parts.slice(0, 2), tail] };
    const { usage } = await model!.stream(other, {}, new AbortController().signal);
    const { cachedInputTokens, cacheWriteTokens, inputTokens } = simulator.requests[1]!.usage!;
    expect(usage).toMatchObject({ inputTokens, cachedInputTokens: tellsCaching ? cachedInputTokens : null });
    expect(cachedInputTokens > 1_000).toBe(tellsCaching);
    expect(cacheWriteTokens).toBe(0);
  });

  test("the same request is the same bytes", async () => {
    await setUp();
    await ask();
    await ask();
    const [first, second] = simulator.requests.map(({ body }) => JSON.stringify(body));
    expect(first).toBe(second);
    expect(first).toContain('"additionalProperties":false');
  });

  test("usage that is not told is unknown, not 0", async () => {
    await setUp();
    simulator.faults.replace([{ fault: { kind: "missing-usage" } }]);
    expect((await ask()).usage).toBeNull();
    simulator.faults.replace([{ fault: { kind: "usage-without-details" } }]);
    const { inputTokens, outputTokens } = (await ask()).usage!;
    expect(inputTokens).toBe(simulator.requests[1]!.usage!.inputTokens);
    expect(outputTokens).toBe(simulator.requests[1]!.usage!.outputTokens);
    expect((await ask()).usage).toMatchObject({ cachedInputTokens: null, cacheWriteTokens: null });
  });

  test.each<Fault>([
    { kind: "cut", afterDeltas: 2 },
    { kind: "silent-end" },
    { kind: "silent-end", afterDeltas: 2 },
    { kind: "malformed-sse", afterDeltas: 2 },
    { kind: "error-event", afterDeltas: 2 },
  ])("a reply without its end is none, may be billed and may be asked for again: %j", async (fault) => {
    const error = await failing(fault);
    expect(error).toMatchObject({
      kind: "transient",
      billed: "maybe",
      httpStatus: fault.kind === "error-event" ? 200 : null,
    });
    expect(ANSWER.startsWith(error.partialText)).toBe(true);
    // What a cut connection had still brought is not certain to be read.
    if (fault.kind !== "cut") expect(error.partialText.length).toBeGreaterThan(8);
  });

  test("a stalled reply is given up after the idle time, not before", async () => {
    const clock = createFakeClock();
    await setUp({ limits: { idleMs: 60_000 } }, clock);
    simulator.faults.replace([{ fault: { kind: "stall", afterDeltas: 2 } }]);
    const { promise: hasText, resolve: onText } = Promise.withResolvers<string>();
    let hasEnded = false;
    const failure = failureOf(ask({ onText })).finally(() => (hasEnded = true));
    await hasText;
    await clock.advance(59_000);
    expect(hasEnded).toBe(false);
    await clock.advance(61_000);
    expect(await failure).toMatchObject({ code: "timeout", kind: "transient", billed: "maybe" });
  });

  test("a cancelled reply ends at once, may be billed, and the server is told", async () => {
    await setUp();
    simulator.faults.replace([{ fault: { kind: "stall", afterDeltas: 2 } }]);
    const cancel = new AbortController();
    const failure = failureOf(ask({ onText: () => cancel.abort() }, cancel.signal));
    expect(await failure).toMatchObject({ code: "cancelled", kind: "cancelled", billed: "maybe" });
    await simulator.whenIdle();
    expect(simulator.requests[0]!.outcome).toBe("aborted");
  });

  test.each<[Fault, Partial<ModelError>]>([
    [
      { kind: "http-error", status: 401 },
      { code: "invalid-key", kind: "terminal" },
    ],
    [
      { kind: "http-error", status: 403 },
      { code: "invalid-key", kind: "terminal" },
    ],
    [{ kind: "quota" }, { code: "quota-exhausted", kind: "terminal" }],
    [
      { kind: "http-error", status: 429, retryAfter: "90" },
      { code: "rate-limited", retryAfterMs: 90_000 },
    ],
    [
      { kind: "http-error", status: 429 },
      { code: "rate-limited", retryAfterMs: null },
    ],
    [
      { kind: "http-error", status: 500 },
      { code: "server-error", kind: "transient" },
    ],
    [
      { kind: "http-error", status: 529 },
      { code: "server-error", kind: "transient" },
    ],
    [{ kind: "context-too-long" }, { code: "context-too-long", kind: "request" }],
    [{ kind: "redirect" }, { code: "wrong-endpoint", kind: "terminal" }],
    [
      { kind: "http-error", status: 502, html: "<p>Bad gateway</p>" },
      { code: "server-error", kind: "transient" },
    ],
  ])("an error answer means the same everywhere, and costs nothing: %j", async (fault, expected) => {
    if (fault.kind === "quota" && provider === "ollama") return expect(refuses).toBe(false); // It has no accounts.
    expect(await failing(fault)).toMatchObject({ ...expected, billed: "no" });
    expect(simulator.requests.length).toBe(1);
    expect(simulator.foreignRequests).toEqual([]);
  });

  test("a model that the server does not have is named, with what to do", async () => {
    await setUp({ name: "nowhere-1" });
    const error = await failureOf(ask());
    expect(error).toMatchObject({ code: "unknown-model", kind: "terminal" });
    expect(error.message).toContain("nowhere-1");
    expect(error.advice).toContain(provider === "ollama" ? "ollama pull nowhere-1" : "--model");
  });

  test("the reply's own end is understood", async () => {
    await setUp();
    simulator.faults.replace([{ fault: { kind: "finish-length" } }]);
    expect(await ask()).toMatchObject({ finish: "length" });
    if (!refuses) return;
    simulator.faults.replace([{ fault: { kind: "refusal", text: "I will not." } }]);
    expect(await ask()).toMatchObject({ finish: "refusal", text: "I will not." });
  });

  test("the key goes out in one header and comes back in no error", async () => {
    await setUp();
    const error = { message: `Wrong key ${KEY}, sent as Bearer ${KEY}` };
    for (const status of [400, 401, 429, 500]) {
      simulator.faults.replace([{ fault: { kind: "http-error", status, error } }]);
      const failure = await failureOf(ask());
      expect(JSON.stringify([failure.message, failure.advice, String(failure.cause)])).not.toContain(KEY);
    }
    expect(simulator.requests.every(({ headers }) => headers.authorization === "right")).toBe(true);
    expect(
      simulator.requests.every(({ headers }) => !/linux|darwin|win32|x64|arm64/i.test(headers.userAgent ?? "")),
    ).toBe(true);
  });
});

async function failureOf(reply: Promise<unknown>): Promise<ModelError> {
  try {
    await reply;
  } catch (error) {
    if (isModelError(error)) return error;
    throw error;
  }
  throw new Error("The request did not fail.");
}
