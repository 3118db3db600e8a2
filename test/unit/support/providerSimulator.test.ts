import { execFile } from "node:child_process";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { calcPrice } from "@pydantic/genai-prices";
import fc from "fast-check";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import type { Fault } from "../../support/providerSimulator/faults.ts";
import { costPicoUsd, knownPrice, picoToUsd } from "../../support/providerSimulator/prices.ts";
import { createProviderSimulator } from "../../support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../support/providerSimulator/providerSimulator.ts";
import type { SimulatorOptions } from "../../support/providerSimulator/options.ts";
import { goDuration } from "../../support/providerSimulator/rateLimits.ts";
import { cutInto } from "../../support/providerSimulator/replyPlan.ts";
import { numberedLines, reviewReply } from "../../support/providerSimulator/reviewReply.ts";
import type { SimulatedReview } from "../../support/providerSimulator/reviewReply.ts";
import { strictSchemaProblem } from "../../support/providerSimulator/strictSchema.ts";
import { countTokens } from "../../support/providerSimulator/tokens.ts";

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await createProviderSimulator(options);
  running.push(simulator);
  return simulator;
}

/** A clock that only waits move. */
function fakeTime() {
  let nowMs = 0;
  const waits: number[] = [];
  return {
    waits,
    pass: (ms: number) => (nowMs += ms),
    monotonicMs: () => nowMs,
    async wait(ms: number, signal: AbortSignal) {
      signal.throwIfAborted();
      waits.push(ms);
      nowMs += ms;
    },
  };
}

interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details?: { cached_tokens: number; cache_write_tokens?: number };
}

interface Chunk {
  choices: { delta: { content?: string; refusal?: string | null; role?: string }; finish_reason: string | null }[];
  usage?: Usage | null;
  error?: { message: string; type: string; code: string | null };
}

interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null };
}

interface Completion {
  choices: { message: { content: string | null; refusal: string | null }; finish_reason: string }[];
  usage?: Usage;
  service_tier: string;
}

type Json = Record<string, unknown>;

function post(simulator: Simulator, body: Json, init: RequestInit = {}): Promise<Response> {
  const { headers, ...rest } = init;
  return fetch(`${simulator.url}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${simulator.key}`, ...headers },
    body: JSON.stringify({ model: "gpt-5-mini", messages: [{ role: "user", content: "hello" }], ...body }),
    ...rest,
  });
}

async function ask(simulator: Simulator, body: Json = {}): Promise<Completion> {
  const response = await post(simulator, body);
  expect(response.status).toBe(200);
  return (await response.json()) as Completion;
}

const streaming = { stream: true, stream_options: { include_usage: true } };

function parseEvents(text: string): { chunks: Chunk[]; isDone: boolean; broken: number } {
  const data = text
    .split("\n\n")
    .filter(Boolean)
    .map((block) => block.replace(/^data: /, ""));
  const chunks: Chunk[] = [];
  let broken = 0;
  for (const one of data) {
    if (one === "[DONE]") continue;
    try {
      chunks.push(JSON.parse(one) as Chunk);
    } catch {
      broken += 1;
    }
  }
  return { chunks, isDone: data.at(-1) === "[DONE]", broken };
}

function contentOf(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => chunk.choices?.[0]?.delta.content ?? "").join("");
}

function finishOf(chunks: readonly Chunk[]): string | null {
  return chunks.map((chunk) => chunk.choices?.[0]?.finish_reason ?? null).find(Boolean) ?? null;
}

async function stream(simulator: Simulator, body: Json = {}) {
  const response = await post(simulator, { ...streaming, ...body });
  expect(response.status).toBe(200);
  return parseEvents(await response.text());
}

/** The stream's text up to where it broke, and the error. */
async function brokenStream(response: Response): Promise<{ text: string; error: unknown }> {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const bytes of response.body ?? []) text += decoder.decode(bytes as Uint8Array, { stream: true });
  } catch (error) {
    return { text, error };
  }
  return { text, error: null };
}

async function errorOf(response: Response): Promise<ErrorBody["error"]> {
  return ((await response.json()) as ErrorBody).error;
}

const unit = [
  "Review this.",
  "```",
  "1| const a = compute(input);",
  "2| ",
  '3| return a ?? "ünïcode → fällback";',
  "4| }",
  "```",
].join("\n");
const unitMessages = { messages: [{ role: "user", content: unit }] };

describe("replies", () => {
  it("streams small chunks, a finish reason, usage with no choices, and [DONE]", async () => {
    const simulator = await start({ reply: () => "ünïcode → 🙂 and the rest of it" });
    const { chunks, isDone } = await stream(simulator);
    expect(contentOf(chunks)).toBe("ünïcode → 🙂 and the rest of it");
    expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
    expect(chunks.length).toBeGreaterThan(4);
    expect(finishOf(chunks)).toBe("stop");
    expect(chunks.at(-1)?.choices).toEqual([]);
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    const outputTokens = countTokens("ünïcode → 🙂 and the rest of it");
    expect(chunks.at(-1)?.usage).toMatchObject({
      completion_tokens: outputTokens,
      total_tokens: (simulator.requests[0]?.usage?.inputTokens ?? 0) + outputTokens,
    });
    expect(isDone).toBe(true);
  });

  it("leaves usage out of a stream that did not ask for it, and bills it apart", async () => {
    const simulator = await start();
    const { chunks } = await stream(simulator, { stream_options: {} });
    expect(chunks.some((chunk) => "usage" in chunk)).toBe(false);
    const bill = simulator.bill();
    expect(bill).toMatchObject({ requests: 0, usd: 0 });
    expect(bill.unreported.requests).toBe(1);
    expect(bill.unreported.usd).toBeGreaterThan(0);
  });

  it("answers whole when no stream is asked for, with the same text and usage", async () => {
    const simulator = await start({ cache: "none" });
    const whole = await ask(simulator, unitMessages);
    const streamed = await stream(simulator, unitMessages);
    expect(whole.choices[0]?.message.content).toBe(contentOf(streamed.chunks));
    expect(whole.usage).toEqual(streamed.chunks.at(-1)?.usage);
    expect(whole.choices[0]?.finish_reason).toBe("stop");
  });

  it("calls tools where it is scripted to, and bills their descriptions, the calls and what comes after", async () => {
    const toolCalls = [{ name: "look", parameters: { path: "a.ts" } }];
    const simulator = await start({ reply: () => ({ text: "", toolCalls }) });
    const plain = await ask(simulator);
    const tools = [{ type: "function", function: { name: "look", parameters: { type: "object" } } }];
    const called = await ask(simulator, { tools });
    expect(called.choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: { tool_calls: [{ type: "function", function: { name: "look", arguments: '{"path":"a.ts"}' } }] },
    });
    expect(called.usage!.completion_tokens).toBe(countTokens(JSON.stringify(toolCalls)));
    const described = called.usage!.prompt_tokens - plain.usage!.prompt_tokens;
    expect(described).toBeGreaterThanOrEqual(countTokens(JSON.stringify(tools)) - 1);
    const turns = [{ role: "user", content: "Look." }];
    const before = await ask(simulator, { messages: turns });
    const after = await ask(simulator, {
      messages: [...turns, { role: "assistant", tool_calls: [{ id: "call_1", type: "function" }] }],
    });
    expect(after.usage!.prompt_tokens).toBeGreaterThan(before.usage!.prompt_tokens + 10);
  });

  it("obeys the cap on output tokens", async () => {
    const simulator = await start({ reply: () => "x".repeat(400) });
    const { choices, usage } = await ask(simulator, { max_completion_tokens: 10 });
    expect(choices[0]).toMatchObject({ finish_reason: "length", message: { content: "x".repeat(40) } });
    expect(usage?.completion_tokens).toBe(10);
  });

  it("quotes lines of the unit, word for word, keys in the schema's order", async () => {
    const simulator = await start();
    const lines = Array.from({ length: 40 }, (_, index) => `  const value${index} = read(${index}); // → "q"`);
    const content = lines.map((line, index) => `${index + 1}| ${line}`).join("\n");
    const completion = await ask(simulator, {
      messages: [{ role: "user", content: [{ type: "text", text: content }] }],
    });
    const review = JSON.parse(completion.choices[0]?.message.content ?? "") as SimulatedReview;
    expect(Object.keys(review)).toEqual(["summary", "findings"]);
    for (const finding of review.findings) {
      expect(lines).toContain(finding.quote);
      expect(Object.keys(finding)).toEqual(
        "quote category severity title scenario explanation fix confidence needs".split(" "),
      );
    }
  });

  it("finds zero to three defects, by the unit's content alone", () => {
    const options = { linePattern: String.raw`^(\d+): (.*)$`, replyTokens: null };
    const counts = new Set<number>();
    for (let seed = 0; seed < 60; seed += 1) {
      const lines = Array.from({ length: 9 }, (_, index) => `${index + 1}: statement(${seed}, ${index});`).join("\n");
      const reply = reviewReply(lines, options);
      expect(reviewReply(`1: another run of lines\n\nof something else\n${lines}`, options)).toBe(reply);
      counts.add((JSON.parse(reply) as SimulatedReview).findings.length);
    }
    expect([...counts].toSorted()).toEqual([0, 1, 2, 3]);
  });

  it("reads only the last run of numbered lines", () => {
    const pattern = String.raw`^\s*(\d+)\| ?(.*)$`;
    expect(numberedLines("1| one\n2| two\ntext\n 1|   three\n 2|\n3| 4| four", pattern)).toEqual([
      "  three",
      "",
      "4| four",
    ]);
  });

  it("draws a reply out to the asked length", async () => {
    const simulator = await start({ replyTokens: 700 });
    const { usage, choices } = await ask(simulator, unitMessages);
    expect(usage?.completion_tokens).toBeGreaterThan(690);
    expect(usage?.completion_tokens).toBeLessThan(720);
    expect(() => JSON.parse(choices[0]?.message.content ?? "") as unknown).not.toThrow();
  });

  it("fills another schema with the least it allows", async () => {
    const simulator = await start();
    const schema = {
      type: "object",
      properties: { verdict: { enum: ["confirmed", "refuted"] }, why: { type: ["string", "null"] } },
      required: ["verdict", "why"],
      additionalProperties: false,
    };
    const format = { type: "json_schema", json_schema: { name: "verdict", strict: true, schema } };
    const { choices } = await ask(simulator, { response_format: format });
    expect(JSON.parse(choices[0]?.message.content ?? "")).toEqual({ verdict: "confirmed", why: null });
  });

  it("cuts deltas without tearing characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 20 }), (text, maxBytes) => {
        const pieces = cutInto(text, maxBytes);
        // A torn character would have become replacement characters on both sides of the cut.
        expect(pieces.join("")).toBe(text);
        for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(Math.max(4, maxBytes));
      }),
    );
  });
});

describe("who is let in", () => {
  it("lists its models, and only to the right key", async () => {
    const simulator = await start({ models: ["gpt-5-mini", "own"] });
    const get = (path: string, key: string) =>
      fetch(`${simulator.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
    const list = (await (await get("/models", simulator.key)).json()) as { data: { id: string }[] };
    expect(list.data.map((model) => model.id)).toEqual(["gpt-5-mini", "own"]);
    expect((await get("/models/own", simulator.key)).status).toBe(200);
    expect((await get("/models/other", simulator.key)).status).toBe(404);
    expect((await get("/models", "wrong")).status).toBe(401);
    expect((await get("/elsewhere", simulator.key)).status).toBe(404);
  });

  it("refuses a wrong key, an unknown model and a body that is not JSON, and bills none of them", async () => {
    const simulator = await start();
    const wrongKey = await post(simulator, {}, { headers: { authorization: "Bearer guess" } });
    expect([wrongKey.status, (await errorOf(wrongKey)).code]).toEqual([401, "invalid_api_key"]);
    const unknown = await post(simulator, { model: "gpt-9" });
    expect([unknown.status, (await errorOf(unknown)).code]).toEqual([404, "model_not_found"]);
    const torn = await post(simulator, {}, { body: '{"model":' });
    expect(torn.status).toBe(400);
    const empty = await post(simulator, { messages: [] });
    expect([empty.status, (await errorOf(empty)).param]).toEqual([400, "messages"]);
    expect(simulator.bill()).toMatchObject({ usd: 0, requests: 0, maybe: { requests: 0 } });
    expect(simulator.requests.map((record) => record.headers.authorization)).toEqual([
      "wrong",
      "right",
      "right",
      "right",
    ]);
    expect(JSON.stringify(simulator.requests)).not.toContain(simulator.key);
  });

  it("stops at an empty account", async () => {
    const simulator = await start({ creditUsd: 0.000001 });
    await ask(simulator);
    const refused = await post(simulator, {});
    expect([refused.status, (await errorOf(refused)).type]).toEqual([429, "insufficient_quota"]);
  });

  it("refuses what does not fit into the context, the longest reply included", async () => {
    const simulator = await start({ contextTokens: 100 });
    const refused = await post(simulator, { max_completion_tokens: 99 });
    expect([refused.status, (await errorOf(refused)).code]).toEqual([400, "context_length_exceeded"]);
    await ask(simulator, { max_completion_tokens: 90 });
  });
});

const format = (schema: object, name = "review") => ({ name, strict: true, schema });

describe("strict schemas", () => {
  const item = { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false };
  const root = (list: object) => ({ ...item, properties: { a: { type: "array", items: list } } });

  it.each([
    ["additionalProperties", root({ ...item, additionalProperties: undefined })],
    ["Missing 'b'", { ...item, properties: { a: { type: "string" }, b: { type: "string" } } }],
    ["Extra required key 'c'", { ...item, required: ["a", "c"] }],
    ['type: "object"', { type: "array", items: item }],
    ["'type' key", root({ description: "anything" })],
    ["missing items", { ...item, properties: { a: { type: "array" } } }],
    ["'oneOf' is not permitted", root({ oneOf: [item] })],
    ["not found", root({ $ref: "#/$defs/none" })],
  ])("refuses a schema: %s", async (problem, schema) => {
    const simulator = await start();
    const response = await post(simulator, { response_format: { type: "json_schema", json_schema: format(schema) } });
    expect(response.status).toBe(400);
    const error = await errorOf(response);
    expect(error.param).toBe("response_format");
    expect(error.message).toContain(problem);
  });

  it("takes sound ones: nullable unions, references, enumerations", () => {
    const sound = {
      ...item,
      properties: { a: { type: "array", items: { anyOf: [{ $ref: "#/$defs/item" }, { type: "null" }] } } },
      $defs: { item: { ...item, properties: { a: { type: ["string", "null"], enum: ["x", null] } } } },
    };
    expect(strictSchemaProblem(format(sound))).toBeNull();
    expect(strictSchemaProblem(format(sound, "no spaces"))).toContain("name");
    expect(strictSchemaProblem({ name: "loose", schema: {} })).toBeNull();
  });
});

describe("money", () => {
  it("charges what the library says, for every usage", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("gpt-5-mini", "gpt-5", "gpt-5.6"),
        fc.nat(400_000),
        fc.nat(100_000),
        fc.nat(100_000),
        fc.nat(50_000),
        (model, plain, cached, written, output) => {
          const inputTokens = plain + cached + written;
          const price = knownPrice(model);
          if (!price) throw new Error(`No price for ${model}`);
          const usage = { inputTokens, cachedInputTokens: cached, cacheWriteTokens: written, outputTokens: output };
          const library = calcPrice(
            {
              input_tokens: inputTokens,
              cache_read_tokens: cached,
              cache_write_tokens: written,
              output_tokens: output,
            },
            model,
            { providerId: "openai" },
          );
          expect(picoToUsd(costPicoUsd(usage, price))).toBeCloseTo(library?.total_price ?? NaN, 9);
        },
      ),
    );
  });

  it("adds a bill up without rounding: ten thousand thirds of a cent", async () => {
    const simulator = await start({
      cache: "none",
      prices: { "gpt-5-mini": { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.3 } },
      reply: () => ({ text: "x", outputTokens: 1 }),
    });
    for (let count = 0; count < 30; count += 1) await ask(simulator);
    const inputTokens = simulator.requests[0]?.usage?.inputTokens ?? 0;
    const bill = simulator.bill();
    expect(bill).toMatchObject({ requests: 30, inputTokens: 30 * inputTokens, outputTokens: 30 });
    expect(bill.usd).toBe((30 * inputTokens * 100_000 + 30 * 300_000) / 1e12);
  });

  it("takes half for flex, and says so", async () => {
    const simulator = await start({ cache: "none" });
    await ask(simulator);
    const flex = await ask(simulator, { service_tier: "flex" });
    expect(flex.service_tier).toBe("flex");
    expect(simulator.requests[1]?.costUsd).toBe((simulator.requests[0]?.costUsd ?? 0) / 2);
  });
});

const shared = "shared rules and conventions. ".repeat(200);
const withTail = (tail: string): Json => ({
  messages: [
    { role: "system", content: shared },
    { role: "user", content: tail },
  ],
});
const cachedOf = (completion: Completion) => completion.usage?.prompt_tokens_details?.cached_tokens;

const detailsOf = (completion: Completion) => completion.usage?.prompt_tokens_details;
const withTail56 = (tail: string): Json => ({ ...withTail(tail), model: "gpt-5.6" });

describe("the prompt cache in blocks", () => {
  it("finds a shared prefix again in blocks of 128 tokens, and charges it less", async () => {
    const simulator = await start();
    expect(cachedOf(await ask(simulator, withTail("first")))).toBe(0);
    const second = cachedOf(await ask(simulator, withTail("second"))) ?? 0;
    expect(second).toBe(1024 + 3 * 128);
    expect(second % 128).toBe(0);
    expect(second).toBeLessThanOrEqual(countTokens(shared) + 4);
    const [first, later] = simulator.requests;
    expect(later?.costUsd).toBeLessThan((first?.costUsd ?? 0) / 2);
    expect(simulator.bill().cachedInputTokens).toBe(second);
  });

  it("ignores prefixes under 1,024 tokens", async () => {
    const simulator = await start();
    const short = { messages: [{ role: "user", content: "x".repeat(4000) }] };
    await ask(simulator, short);
    expect(cachedOf(await ask(simulator, short))).toBe(0);
  });

  it("keeps keys apart", async () => {
    const simulator = await start();
    await ask(simulator, { ...withTail("a"), prompt_cache_key: "one" });
    expect(cachedOf(await ask(simulator, { ...withTail("b"), prompt_cache_key: "two" }))).toBe(0);
    expect(cachedOf(await ask(simulator, { ...withTail("c"), prompt_cache_key: "one" }))).toBeGreaterThan(1024);
  });

  it("cannot be read before the first token of the request that wrote it", async () => {
    const open = Promise.withResolvers<void>();
    const simulator = await start({ gate: (request) => (request.index === 1 ? open.promise : Promise.resolve()) });
    const primer = ask(simulator, withTail("primer"));
    await simulator.whenArrived(1);
    expect(cachedOf(await ask(simulator, { ...withTail("too early"), prompt_cache_key: "" }))).toBe(0);
    open.resolve();
    await primer;
    expect(simulator.requests[0]?.firstTokenMs).toBeGreaterThan(simulator.requests[1]?.endMs ?? Infinity);
  });

  it.each([
    ["first-token", true],
    ["end", false],
  ] as const)("can be read at the %s of a stream: before its end %s", async (cacheReadableAt, isReadable) => {
    const simulator = await start({
      cacheReadableAt,
      faults: [{ nth: 1, fault: { kind: "stall", afterDeltas: 1 } }],
    });
    const client = new AbortController();
    const primer = await post(simulator, { ...streaming, ...withTail("primer") }, { signal: client.signal });
    await primer.body?.getReader().read();
    expect((cachedOf(await ask(simulator, withTail("follower"))) ?? 0) > 0).toBe(isReadable);
    client.abort();
  });

  it("forgets after its time to live, by the monotonic clock", async () => {
    const time = fakeTime();
    const simulator = await start({ monotonicMs: time.monotonicMs, wait: time.wait, cacheTtlMs: 60_000 });
    await ask(simulator, withTail("a"));
    time.pass(59_000);
    expect(cachedOf(await ask(simulator, withTail("b")))).toBeGreaterThan(0);
    // Reading has renewed it.
    time.pass(59_000);
    expect(cachedOf(await ask(simulator, withTail("c")))).toBeGreaterThan(0);
    time.pass(61_000);
    expect(cachedOf(await ask(simulator, withTail("d")))).toBe(0);
  });

  it("spreads a busy route over machines with caches of their own", async () => {
    const time = fakeTime();
    const simulator = await start({ monotonicMs: time.monotonicMs, wait: time.wait, cacheOverflowPerMinute: 2 });
    const hits: boolean[] = [];
    for (let count = 0; count < 5; count += 1)
      hits.push((cachedOf(await ask(simulator, withTail(`${count}`))) ?? 0) > 0);
    expect(hits).toEqual([false, true, false, true, false]);
    time.pass(61_000);
    expect(cachedOf(await ask(simulator, withTail("later")))).toBeGreaterThan(0);
  });

  it("is off when told so", async () => {
    const simulator = await start({ cache: "none" });
    await ask(simulator, withTail("a"));
    expect(cachedOf(await ask(simulator, withTail("a")))).toBe(0);
  });
});

describe("the prompt cache at breakpoints", () => {
  const mark = { prompt_cache_breakpoint: { mode: "explicit" } };
  const marked = (tail: string, options: Json = { mode: "explicit" }): Json => ({
    model: "gpt-5.6",
    prompt_cache_options: options,
    messages: [
      { role: "system", content: [{ type: "text", text: shared, ...mark }] },
      { role: "user", content: tail },
    ],
  });

  it("writes up to the mark for a fee of a quarter, and reads exactly there", async () => {
    const simulator = await start({ cache: "breakpoints" });
    const first = detailsOf(await ask(simulator, marked("a")));
    const prefixTokens = Math.ceil((`<|system|>\n`.length + shared.length) / 4);
    expect(first).toMatchObject({ cached_tokens: 0, cache_write_tokens: prefixTokens });
    expect(detailsOf(await ask(simulator, marked("b")))).toMatchObject({
      cached_tokens: prefixTokens,
      cache_write_tokens: 0,
    });
    const usage = simulator.requests[0]?.usage;
    const output = (usage?.outputTokens ?? 0) * 20;
    const plain = ((usage?.inputTokens ?? 0) - prefixTokens) * 4;
    expect(simulator.requests[0]?.costUsd).toBeCloseTo((plain + prefixTokens * 4 * 1.25 + output) / 1e6, 12);
  });

  it("does not fall back to a shorter prefix without a mark", async () => {
    const simulator = await start({ cache: "breakpoints" });
    const first = detailsOf(await ask(simulator, withTail56("a")));
    // In implicit mode the useless tail is written and paid for.
    expect(first?.cache_write_tokens).toBe(simulator.requests[0]?.usage?.inputTokens);
    expect(detailsOf(await ask(simulator, withTail56("b")))?.cached_tokens).toBe(0);
    expect(detailsOf(await ask(simulator, withTail56("a")))?.cached_tokens).toBe(first?.cache_write_tokens);
  });

  it("uses no cache in explicit mode without a mark", async () => {
    const simulator = await start({ cache: "breakpoints" });
    const bare: Json = { ...withTail("a"), model: "gpt-5.6", prompt_cache_options: { mode: "explicit" } };
    expect(detailsOf(await ask(simulator, bare))?.cache_write_tokens).toBe(0);
    expect(detailsOf(await ask(simulator, bare))?.cached_tokens).toBe(0);
  });

  it("writes only what lies behind the hit", async () => {
    const simulator = await start({ cache: "breakpoints" });
    await ask(simulator, marked("a"));
    const longer = detailsOf(await ask(simulator, marked("b", { mode: "implicit" })));
    const inputTokens = simulator.requests[1]?.usage?.inputTokens ?? 0;
    expect(longer?.cached_tokens).toBe(Math.ceil((`<|system|>\n`.length + shared.length) / 4));
    expect((longer?.cached_tokens ?? 0) + (longer?.cache_write_tokens ?? 0)).toBe(inputTokens);
  });

  it("charges everyone who writes before the first one can be read", async () => {
    const open = Promise.withResolvers<void>();
    const simulator = await start({ cache: "breakpoints", gate: () => open.promise });
    const all = Promise.all(["a", "b", "c"].map((tail) => ask(simulator, marked(tail))));
    await simulator.whenArrived(3);
    open.resolve();
    await all;
    expect(simulator.requests.filter((record) => (record.usage?.cacheWriteTokens ?? 0) > 0)).toHaveLength(3);
  });
});

const fortyTokens = () => "x".repeat(160);

/** When the first token of each prompt came, in the given order. */
async function firstTokenTimes(prompts: readonly string[]): Promise<number[]> {
  const time = fakeTime();
  const simulator = await start({
    monotonicMs: time.monotonicMs,
    wait: time.wait,
    firstTokenMs: { medianMs: 400, sigma: 0.5, seed: 7 },
    totalMs: { minMs: 0, maxMs: 1 },
  });
  for (const content of prompts) await ask(simulator, { messages: [{ role: "user", content }] });
  return simulator.requests.map((record) => Math.round((record.firstTokenMs ?? 0) - record.startMs));
}

describe("latency", () => {
  it("sends the first token and the rest in their time", async () => {
    const time = fakeTime();
    const simulator = await start({
      monotonicMs: time.monotonicMs,
      wait: time.wait,
      firstTokenMs: 300,
      tokensPerSecond: 20,
      reply: fortyTokens,
    });
    await stream(simulator);
    const [record] = simulator.requests;
    expect(record?.firstTokenMs).toBe(300);
    expect(record?.endMs).toBe(300 + (40 * 1000) / 20);
  });

  it("can fix a reply's whole time, scale all times, and make one request slower", async () => {
    const time = fakeTime();
    const simulator = await start({
      monotonicMs: time.monotonicMs,
      wait: time.wait,
      firstTokenMs: 300,
      totalMs: 1500,
      timeScale: 0.1,
      latencyOverrides: [{ promptIncludes: "slow", totalMs: 9000 }],
      reply: fortyTokens,
    });
    await ask(simulator);
    await ask(simulator, { messages: [{ role: "user", content: "slow one" }] });
    expect(simulator.requests.map((record) => Math.round((record.endMs ?? 0) - record.startMs))).toEqual([150, 900]);
  });

  it("draws from a distribution by seed and prompt, not by order", async () => {
    const forward = await firstTokenTimes(["a", "b", "c", "d"]);
    expect(new Set(forward).size).toBe(4);
    expect(forward.every((ms) => ms > 50 && ms < 4000)).toBe(true);
    expect((await firstTokenTimes(["d", "c", "b", "a"])).toReversed()).toEqual(forward);
  });
});

describe("limits", () => {
  it("writes durations as Go does", () => {
    expect([0, 20, 1500, 60_000, 360_000, 3_602_000].map(goDuration)).toEqual([
      "0s",
      "20ms",
      "1.5s",
      "1m0s",
      "6m0s",
      "1h0m2s",
    ]);
  });

  it("counts requests per minute, tells the state in headers, and says when to come back", async () => {
    const time = fakeTime();
    const simulator = await start({ monotonicMs: time.monotonicMs, wait: time.wait, requestsPerMinute: 2 });
    const first = await post(simulator, {});
    expect(first.headers.get("x-ratelimit-limit-requests")).toBe("2");
    expect(first.headers.get("x-ratelimit-remaining-requests")).toBe("1");
    expect(first.headers.get("x-ratelimit-reset-requests")).toBe("30s");
    await post(simulator, {});
    const refused = await post(simulator, {});
    expect([refused.status, (await errorOf(refused)).code]).toEqual([429, "rate_limit_exceeded"]);
    expect(refused.headers.get("retry-after-ms")).toBe("30000");
    expect(refused.headers.get("retry-after")).toBe("30");
    time.pass(30_000);
    expect((await post(simulator, {})).status).toBe(200);
  });

  it("counts tokens per minute, the longest reply included", async () => {
    const time = fakeTime();
    const simulator = await start({ monotonicMs: time.monotonicMs, wait: time.wait, tokensPerMinute: 1000 });
    const body = { max_completion_tokens: 600 };
    const first = await post(simulator, body);
    const tokens = 600 + (simulator.requests[0]?.usage?.inputTokens ?? 0);
    expect(first.headers.get("x-ratelimit-remaining-tokens")).toBe(String(1000 - tokens));
    const refused = await post(simulator, body);
    expect([refused.status, (await errorOf(refused)).type]).toEqual([429, "tokens"]);
    time.pass(Number(refused.headers.get("retry-after-ms")));
    expect((await post(simulator, body)).status).toBe(200);
  });

  it("refuses more at once than allowed", async () => {
    const open = Promise.withResolvers<void>();
    const simulator = await start({ maxConcurrent: 2, gate: () => open.promise });
    const served = [ask(simulator), ask(simulator)];
    await simulator.whenArrived(2);
    const refused = await post(simulator, {});
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBeNull();
    open.resolve();
    await Promise.all(served);
    expect(simulator.peakInFlight).toBe(3);
    await ask(simulator);
  });
});

async function statuses(simulator: Simulator, prompts: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  for (const content of prompts) found.push((await post(simulator, { messages: [{ role: "user", content }] })).status);
  return found;
}

describe("scripting faults", () => {
  const oops: Fault = { kind: "http-error", status: 500 };
  it("chooses requests by number, range, prompt, predicate, sighting and count", async () => {
    const simulator = await start();
    simulator.faults.add({ fault: oops, nth: [2, 4] });
    expect(await statuses(simulator, ["a", "a", "a", "a", "a"])).toEqual([200, 500, 200, 500, 200]);
    simulator.faults.replace([{ fault: oops, from: 7, to: 8 }]);
    expect(await statuses(simulator, ["b", "b", "b", "b"])).toEqual([200, 500, 500, 200]);
    simulator.faults.replace([{ fault: oops, promptIncludes: "bad", times: 1 }]);
    expect(await statuses(simulator, ["good", "bad", "bad"])).toEqual([200, 500, 200]);
    simulator.faults.replace([{ fault: oops, when: (request) => request.lastUserText.length > 3 }]);
    expect(await statuses(simulator, ["abc", "abcd"])).toEqual([200, 500]);
    simulator.faults.replace([{ fault: oops, sightings: 1, from: 1 }]);
    expect(await statuses(simulator, ["p", "q", "p", "q"])).toEqual([500, 500, 200, 200]);
    simulator.faults.clear();
    expect(await statuses(simulator, ["r"])).toEqual([200]);
  });

  it("starts to count anew after a reset", async () => {
    const simulator = await start({ faults: [{ fault: oops, nth: 1, times: 1 }] });
    expect(await statuses(simulator, ["a", "a"])).toEqual([500, 200]);
    simulator.reset();
    expect(simulator.requests).toHaveLength(0);
    expect(await statuses(simulator, ["a"])).toEqual([500]);
  });

  it("draws a share by seed and prompt, whatever the order", async () => {
    const prompts = Array.from({ length: 40 }, (_, index) => `prompt ${index}`);
    const simulator = await start({ faults: [{ fault: oops, rate: 0.3, seed: 5 }] });
    const forward = await statuses(simulator, prompts);
    const share = forward.filter((status) => status === 500).length;
    expect(share).toBeGreaterThan(4);
    expect(share).toBeLessThan(22);
    simulator.reset();
    expect((await statuses(simulator, prompts.toReversed())).toReversed()).toEqual(forward);
  });
});

describe("faults before the reply", () => {
  it.each([
    [429, "rate_limit_exceeded"],
    [500, null],
    [502, null],
    [503, "server_is_overloaded"],
    [529, "overloaded"],
  ])("answers %i", async (status, code) => {
    const simulator = await start({ faults: [{ fault: { kind: "http-error", status } }] });
    const response = await post(simulator, streaming);
    expect([response.status, (await errorOf(response)).code]).toEqual([status, code]);
    expect(response.headers.get("retry-after")).toBeNull();
    expect(simulator.requests[0]).toMatchObject({ outcome: "rejected", fault: "http-error", status, costUsd: 0 });
  });

  it("says when to come back in seconds, milliseconds or as a date, however far", async () => {
    const date = "Wed, 21 Oct 2099 07:28:00 GMT";
    const simulator = await start({
      faults: [
        { nth: 1, fault: { kind: "http-error", status: 429, retryAfter: "3600" } },
        { nth: 2, fault: { kind: "http-error", status: 429, retryAfterMs: 1234 } },
        { nth: 3, fault: { kind: "http-error", status: 503, retryAfter: date, html: "<h1>Back soon</h1>" } },
      ],
    });
    expect((await post(simulator, {})).headers.get("retry-after")).toBe("3600");
    expect((await post(simulator, {})).headers.get("retry-after-ms")).toBe("1234");
    const page = await post(simulator, {});
    expect(page.headers.get("retry-after")).toBe(date);
    expect(await page.text()).toBe("<h1>Back soon</h1>");
  });

  it("can empty the account or find the prompt too long", async () => {
    const simulator = await start({
      faults: [
        { nth: 1, fault: { kind: "quota" } },
        { nth: 2, fault: { kind: "context-too-long" } },
      ],
    });
    expect((await errorOf(await post(simulator, {}))).code).toBe("insufficient_quota");
    const tooLong = await post(simulator, {});
    expect([tooLong.status, (await errorOf(tooLong)).code]).toEqual([400, "context_length_exceeded"]);
  });

  it("drops the connection", async () => {
    const simulator = await start({ faults: [{ nth: 1, fault: { kind: "drop" } }] });
    await expect(post(simulator, {})).rejects.toThrow("fetch failed");
    await ask(simulator);
    expect(simulator.requests[0]).toMatchObject({ outcome: "broken", status: null });
  });

  it("leads to another origin, and sees whether the key followed", async () => {
    const simulator = await start({ faults: [{ fault: { kind: "redirect" } }] });
    const followed = await post(simulator, {}, { headers: { "x-copy": simulator.key } });
    expect(followed.redirected).toBe(true);
    // fetch takes the authorization header away by itself, but no other.
    await post(simulator, {});
    expect(simulator.foreignRequests).toMatchObject([
      { method: "POST", keyFollowed: true },
      { method: "POST", keyFollowed: false },
    ]);
    expect(simulator.foreignRequests[1]?.bodyBytes).toBeGreaterThan(10);
    expect(simulator.bill().requests).toBe(0);
    const kept = await post(simulator, {}, { redirect: "manual" });
    expect(kept.status).toBe(307);
    expect(new URL(kept.headers.get("location") ?? "").origin).not.toBe(simulator.origin);
  });

  it("keeps its headers back", async () => {
    const time = fakeTime();
    const simulator = await start({
      monotonicMs: time.monotonicMs,
      wait: time.wait,
      faults: [
        { nth: 1, fault: { kind: "slow-headers", ms: 5000 } },
        { nth: 2, fault: { kind: "slow-headers", ms: null } },
      ],
    });
    await ask(simulator);
    expect(time.waits).toContain(5000);
    const client = new AbortController();
    const pending = post(simulator, streaming, { signal: client.signal });
    await simulator.whenArrived(2);
    client.abort();
    await expect(pending).rejects.toThrow("aborted");
    await simulator.whenIdle();
    expect(simulator.requests[1]).toMatchObject({ outcome: "aborted", status: null });
    expect(simulator.bill().maybe.requests).toBe(1);
  });

  it("refuses connections until it listens again", async () => {
    const simulator = await start({ faults: [{ nth: 2, fault: { kind: "refuse", forMs: null } }] });
    await ask(simulator);
    await expect(post(simulator, {})).rejects.toThrow("fetch failed");
    const code = await new Promise((resolve) => {
      connect(Number(new URL(simulator.origin).port), "127.0.0.1")
        .once("error", (error: NodeJS.ErrnoException) => resolve(error.code))
        .once("connect", () => resolve("connected"));
    });
    expect(code).toBe("ECONNREFUSED");
    await simulator.listen();
    await ask(simulator);
  });
});

/** The status of a chat request over one of the agent's connections, or the error's code. */
function statusOver(agent: Agent, simulator: Simulator): Promise<number | string | undefined> {
  const body = JSON.stringify({ model: simulator.model, messages: [{ role: "user", content: "hello" }] });
  const headers = { authorization: `Bearer ${simulator.key}`, "content-length": body.length };
  return new Promise((resolve) => {
    request(`${simulator.url}/chat/completions`, { agent, method: "POST", headers })
      .once("response", (response) => response.resume().once("end", () => resolve(response.statusCode)))
      .once("error", (error: NodeJS.ErrnoException) => resolve(error.code))
      .end(body);
  });
}

describe("a closed door", () => {
  it("lets the request in flight end, and serves nothing more on its connection", async () => {
    const open = Promise.withResolvers<void>();
    const simulator = await start({ gate: () => open.promise });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = statusOver(agent, simulator);
    const second = statusOver(agent, simulator);
    await simulator.whenArrived(1);
    simulator.stopListening();
    open.resolve();
    expect(await first).toBe(200);
    expect(["ECONNRESET", "ECONNREFUSED"]).toContain(await second);
    expect(simulator.requests).toHaveLength(1);
    agent.destroy();
  });
});

describe("faults within the reply", () => {
  const text = '{"summary":"a sentence about the file","findings":[]}';
  const startWith = (fault: Fault, options: SimulatorOptions = {}) =>
    start({ faults: [{ nth: 1, fault }], reply: () => text, deltaTokens: 2, ...options });

  it("sends an error in the stream after status 200", async () => {
    const simulator = await startWith({ kind: "error-event", afterDeltas: 2, error: { code: "slow_down" } });
    const { chunks, isDone } = await stream(simulator);
    expect(contentOf(chunks)).toBe(text.slice(0, 16));
    expect(chunks.at(-1)?.error).toMatchObject({ type: "server_error", code: "slow_down" });
    expect(isDone).toBe(false);
    expect(simulator.bill()).toMatchObject({ requests: 0, maybe: { requests: 1, outputTokens: 4 } });
  });

  it.each([
    [0, ""],
    [3, text.slice(0, 24)],
  ])("stalls after %i deltas until the client goes away", async (afterDeltas, expected) => {
    const simulator = await startWith({ kind: "stall", afterDeltas });
    const client = new AbortController();
    const response = await post(simulator, streaming, { signal: client.signal });
    expect(response.status).toBe(200);
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let received = "";
    while (contentOf(parseEvents(received).chunks) !== expected) {
      received += decoder.decode((await reader?.read())?.value, { stream: true });
    }
    client.abort();
    await simulator.whenIdle();
    expect(simulator.requests[0]).toMatchObject({ outcome: "aborted", usageReported: false });
    expect(simulator.bill().maybe).toMatchObject({ requests: 1, outputTokens: (afterDeltas * 8) / 4 });
    expect(simulator.bill().usd).toBe(0);
  });

  it("drips byte by byte, through characters too", async () => {
    const simulator = await startWith(
      { kind: "drip", byteDelayMs: 7 },
      { reply: () => "ü→🙂", wait: () => new Promise((resolve) => setImmediate(resolve)) },
    );
    const response = await post(simulator, streaming);
    const sizes: number[] = [];
    let bytes = Buffer.alloc(0);
    for await (const part of response.body ?? []) {
      sizes.push((part as Uint8Array).length);
      bytes = Buffer.concat([bytes, part as Uint8Array]);
    }
    expect(contentOf(parseEvents(bytes.toString("utf8")).chunks)).toBe("ü→🙂");
    expect(sizes.length).toBeGreaterThan(50);
    expect(simulator.requests[0]?.outcome).toBe("completed");
  });

  it("cuts the socket", async () => {
    const simulator = await startWith({ kind: "cut", afterDeltas: 2 });
    const { text: received, error } = await brokenStream(await post(simulator, streaming));
    expect(String(error)).toContain("terminated");
    expect(text.startsWith(contentOf(parseEvents(received).chunks))).toBe(true);
    await simulator.whenIdle();
    expect(simulator.requests[0]).toMatchObject({ outcome: "broken", fault: "cut" });
  });

  it("cuts a short reply at its end where the place for it never came", async () => {
    const simulator = await startWith({ kind: "cut", afterDeltas: 1000 });
    expect(String((await brokenStream(await post(simulator, streaming))).error)).toContain("terminated");
  });

  it.each([
    [undefined, text],
    [1, text.slice(0, 8)],
  ])("ends properly without finish reason and [DONE], after %s deltas", async (afterDeltas, expected) => {
    const simulator = await startWith({ kind: "silent-end", ...(afterDeltas === undefined ? {} : { afterDeltas }) });
    const { chunks, isDone } = await stream(simulator);
    expect(contentOf(chunks)).toBe(expected);
    expect(finishOf(chunks)).toBeNull();
    expect(isDone).toBe(false);
    expect(chunks.some((chunk) => chunk.usage)).toBe(false);
  });

  it("sends a chunk that is no JSON", async () => {
    const simulator = await startWith({ kind: "malformed-sse", afterDeltas: 1 });
    const { broken, isDone } = await stream(simulator);
    expect([broken > 0, isDone]).toEqual([true, false]);
  });

  it.each([
    [{ kind: "truncated-json" }, "stop", text.slice(0, 27)],
    [{ kind: "finish-length" }, "length", text.slice(0, 27)],
    [{ kind: "content-filter" }, "content_filter", text.slice(0, 27)],
    [{ kind: "off-schema", text: "[]" }, "stop", "[]"],
  ] as [Fault, string, string][])("bends the content: %o", async (fault, finish, expected) => {
    const simulator = await startWith(fault);
    const { chunks, isDone } = await stream(simulator);
    expect([contentOf(chunks), finishOf(chunks), isDone]).toEqual([expected, finish, true]);
    expect(chunks.at(-1)?.usage?.completion_tokens).toBe(countTokens(expected));
    expect(simulator.bill().requests).toBe(1);
  });

  it("refuses in refusal deltas", async () => {
    const simulator = await startWith({ kind: "refusal", text: "No, I will not." });
    const { chunks } = await stream(simulator);
    expect(contentOf(chunks)).toBe("");
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.refusal ?? "").join("")).toBe("No, I will not.");
    simulator.faults.rewind();
    simulator.faults.replace([{ fault: { kind: "refusal" } }]);
    expect((await ask(simulator)).choices[0]?.message).toMatchObject({
      content: null,
      refusal: "I can't help with that.",
    });
  });

  it("sends a huge reply no faster than it is read", async () => {
    const simulator = await startWith({ kind: "huge-reply", sizeBytes: 3_000_000 });
    const { chunks } = await stream(simulator);
    const content = contentOf(chunks);
    expect(content.length).toBeGreaterThan(3_000_000);
    expect((JSON.parse(content) as { findings: unknown[] }).findings).toEqual([]);
  });

  it("forgets its usage, or the details of it", async () => {
    const simulator = await start({
      faults: [
        { nth: 1, fault: { kind: "missing-usage" } },
        { nth: 3, fault: { kind: "usage-without-details" } },
      ],
    });
    const silent = await stream(simulator, withTail("a"));
    expect(silent.isDone).toBe(true);
    expect(silent.chunks.some((chunk) => chunk.usage)).toBe(false);
    expect(simulator.bill()).toMatchObject({ requests: 0, unreported: { requests: 1 } });
    expect(cachedOf(await ask(simulator, withTail("b")))).toBeGreaterThan(0);
    const bare = await ask(simulator, withTail("c"));
    expect(bare.usage).toBeDefined();
    expect(bare.usage?.prompt_tokens_details).toBeUndefined();
    expect(simulator.requests[2]?.usage?.cachedInputTokens).toBe(0);
  });

  it("counts a reply that the client broke off as maybe billed", async () => {
    const open = Promise.withResolvers<void>();
    const simulator = await start({ gate: () => open.promise });
    const client = new AbortController();
    const pending = post(simulator, streaming, { signal: client.signal }).then((response) => response.text());
    await simulator.whenArrived(1);
    client.abort();
    await expect(pending).rejects.toThrow("aborted");
    await simulator.whenIdle();
    expect(simulator.bill()).toMatchObject({ usd: 0, requests: 0, maybe: { requests: 1, outputTokens: 0 } });
    expect(simulator.bill().maybe.usd).toBeGreaterThan(0);
  });

  it("does not hide a scripted function that throws", async () => {
    const simulator = await start({
      reply: () => {
        throw new Error("bad script");
      },
    });
    const response = await post(simulator, {});
    expect([response.status, (await errorOf(response)).message]).toEqual([500, "Simulator: Error: bad script"]);
  });

  it("stops with requests in flight", async () => {
    const simulator = await createProviderSimulator({ gate: () => new Promise(() => {}) });
    const pending = post(simulator, streaming).then((response) => response.text());
    await simulator.whenArrived(1);
    await Promise.all([simulator.stop(), expect(pending).rejects.toThrow()]);
  });
});

function clientOf(simulator: Simulator, apiKey = simulator.key): OpenAI {
  return new OpenAI({ baseURL: simulator.url, apiKey, maxRetries: 0 });
}

describe("the official client", () => {
  const parameters = {
    model: "gpt-5-mini",
    messages: [{ role: "user" as const, content: "hello" }],
    stream: true as const,
    stream_options: { include_usage: true },
  };

  it("reads streams, usage and the list of models", async () => {
    const simulator = await start({ reply: () => "as the client reads it" });
    const client = clientOf(simulator);
    let text = "";
    let promptTokens: number | undefined;
    for await (const chunk of await client.chat.completions.create(parameters)) {
      text += chunk.choices[0]?.delta.content ?? "";
      promptTokens = chunk.usage?.prompt_tokens ?? promptTokens;
    }
    expect(text).toBe("as the client reads it");
    expect(promptTokens).toBe(simulator.bill().inputTokens);
    expect((await client.models.list()).data.map((model) => model.id)).toContain("gpt-5-mini");
  });

  it("knows the errors by their kind and code", async () => {
    const simulator = await start({
      faults: [{ nth: 1, fault: { kind: "quota" } }],
    });
    const client = clientOf(simulator);
    await expect(client.chat.completions.create(parameters)).rejects.toMatchObject({
      status: 429,
      code: "insufficient_quota",
      requestID: "req_000001",
    });
    await expect(clientOf(simulator, "guess").chat.completions.create(parameters)).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
  });

  it("takes a stream without a proper end for a whole one, and a cut one for a raw error", async () => {
    const simulator = await start({
      faults: [
        { nth: 1, fault: { kind: "silent-end", afterDeltas: 1 } },
        { nth: 2, fault: { kind: "cut", afterDeltas: 1 } },
        { nth: 3, fault: { kind: "error-event", afterDeltas: 1, error: { message: "mid-stream" } } },
      ],
    });
    const readAll = async () => {
      for await (const chunk of await clientOf(simulator).chat.completions.create(parameters)) void chunk;
    };
    await readAll();
    await expect(readAll()).rejects.toThrow("terminated");
    await expect(readAll()).rejects.toThrow("mid-stream");
  });
});

describe("control from another process", () => {
  it("configures, tells and resets over HTTP", async () => {
    const simulator = await start();
    const control = (call: string, body?: Json) =>
      fetch(`${simulator.origin}/__control/${call}`, body ? { method: "POST", body: JSON.stringify(body) } : {});
    const faults = [{ nth: 1, fault: { kind: "http-error", status: 503 } }];
    expect((await control("configure", { faults, requestsPerMinute: 100 })).status).toBe(200);
    expect((await post(simulator, {})).status).toBe(503);
    await ask(simulator);
    expect(await (await control("bill")).json()).toMatchObject({ requests: 1, peakInFlight: 1 });
    const records = (await (await control("requests?from=2")).json()) as { index: number; body: Json }[];
    expect(records).toMatchObject([{ index: 2, body: { model: "gpt-5-mini" } }]);
    await control("reset", {});
    expect(await (await control("bill")).json()).toMatchObject({ requests: 0 });
    const mistyped = await control("configure", { firstTokenMillis: 3 });
    expect([mistyped.status, ((await mistyped.json()) as { error: string }).error]).toEqual([
      400,
      "No such setting: firstTokenMillis",
    ]);
    expect((await control("nothing")).status).toBe(404);
  });

  it("runs as a process that prints its address and, when told to end, its bill", async () => {
    const program = new URL("../../support/providerSimulator/main.ts", import.meta.url).pathname;
    const child = execFile(process.execPath, [program, "--port", "0", "--key", "own-key", "--model", "gpt-5"]);
    const lines: Json[] = [];
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const announced = Promise.withResolvers<void>();
    child.stdout?.on("data", (data: string) => {
      for (const line of data.split("\n").filter(Boolean)) lines.push(JSON.parse(line) as Json);
      announced.resolve();
    });
    await announced.promise;
    const { url, key, model } = lines[0] as { url: string; key: string; model: string };
    expect([key, model]).toEqual(["own-key", "gpt-5"]);
    const response = await fetch(`${url}/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer own-key" },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "hello" }] }),
    });
    await response.text();
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(lines[1]).toMatchObject({ requests: 1, maybe: { requests: 0 } });
  });
});
