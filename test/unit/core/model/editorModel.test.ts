import { expect, test } from "vitest";
import { createEditorModel } from "../../../../src/core/model/editorModel.ts";
import type { ModelRequest } from "../../../../src/core/model/model.ts";
import type { LanguageModel, LanguageModelFailure } from "../../../../src/core/ports.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";

const NOBODY = new AbortController().signal;
const request: ModelRequest = {
  parts: [
    { role: "system", text: "You review code." },
    { role: "user", text: "let a = 1;" },
  ],
  schema: { name: "review", schema: { type: "object" } },
  maxOutputTokens: 100,
};

async function* pieces(...texts: (string | Error | LanguageModelFailure)[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (typeof text !== "string") throw text;
    yield text;
  }
}

/** Never sends anything, and never heeds a cancellation. */
const silence: AsyncIterable<string> = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };

async function setUp(send: LanguageModel["send"], tokens = 10) {
  const clock = createFakeClock();
  const found: LanguageModel = { maxInputTokens: 1_000, countTokens: async () => tokens, send };
  const languageModels = { find: async (name: string) => (name === "maker/one" ? found : undefined) };
  const model = await createEditorModel({ name: "maker/one", languageModels, clock });
  return { model, clock };
}

test("sends the parts in order and puts the reply together as it comes; usage stays unknown", async () => {
  const sent: (readonly string[])[] = [];
  const { model } = await setUp(async (texts) => {
    sent.push(texts);
    return pieces("", '{"a"', ":1}");
  });
  const seen: string[] = [];
  const handlers = {
    onAccepted: () => void seen.push("accepted"),
    onFirstToken: () => void seen.push("first"),
    onText: (text: string) => void seen.push(text),
  };
  const reply = await model.stream(request, handlers, NOBODY);
  expect(reply).toMatchObject({ text: '{"a":1}', finish: "stop", usage: null, model: "maker/one" });
  expect(seen).toEqual(["accepted", "first", '{"a"', ":1}"]);
  expect(sent).toEqual([[expect.stringContaining("JSON schema"), "You review code.", "let a = 1;"]]);
  expect(model).toMatchObject({ provider: "vscode", origin: "vscode-lm://maker", contextTokens: 1_000 });
});

test("a model that is not there, and an editor that is not there, are said before anything is sent", async () => {
  const options = { name: "maker/one", clock: createFakeClock() };
  const nothing = { find: async () => undefined };
  for (const languageModels of [undefined, nothing])
    await expect(createEditorModel({ ...options, languageModels })).rejects.toMatchObject({ code: "unknown-model" });
});

test.each([
  ["not-allowed", "request-rejected", "terminal"],
  ["blocked", "quota-exhausted", "terminal"],
  ["gone", "unknown-model", "terminal"],
  ["failed", "server-error", "transient"],
] as const)("%s is %s, %s", async (reason, code, kind) => {
  const refusing = await setUp(() => Promise.reject({ reason, message: "said\u202eso\n" }));
  await expect(refusing.model.stream(request, {}, NOBODY)).rejects.toMatchObject({ code, kind, billed: "no" });
  const breaking = await setUp(async () => pieces("half", { reason, message: "said\u202eso\n" }));
  const error: Error = await breaking.model.stream(request, {}, NOBODY).catch((thrown) => thrown);
  expect(error).toMatchObject({ code, kind, billed: "maybe", partialText: "half" });
  expect(error.message).not.toMatch(/[\u202e\n]/);
});

test("an error without a reason may pass", async () => {
  const { model } = await setUp(async () => pieces(new Error("boom")));
  await expect(model.stream(request, {}, NOBODY)).rejects.toMatchObject({
    code: "server-error",
    message: "maker/one failed: boom",
  });
});

test("silence ends at its deadline, whether the extension heeds it or not", async () => {
  for (const send of [() => new Promise<never>(() => {}), async () => silence]) {
    const { model, clock } = await setUp(send);
    const ended = expect(model.stream(request, {}, NOBODY)).rejects.toMatchObject({ code: "timeout" });
    await clock.advance(180_000);
    await ended;
  }
});

test("cancelled by the run and by closing", async () => {
  const { model } = await setUp(async () => silence);
  const cancel = new AbortController();
  const first = expect(model.stream(request, {}, cancel.signal)).rejects.toMatchObject({ kind: "cancelled" });
  cancel.abort();
  await first;
  const second = expect(model.stream(request, {}, NOBODY)).rejects.toMatchObject({ kind: "cancelled" });
  await model.close();
  await second;
  await expect(model.stream(request, {}, NOBODY)).rejects.toMatchObject({ kind: "cancelled" });
});

test("a prompt that does not fit is not sent; one that surely fits is not counted", async () => {
  let sendings = 0;
  const send = async () => (sendings++, pieces("{}"));
  const long = { ...request, parts: [{ role: "user", text: "x".repeat(3_000) }] } as const;
  const over = await setUp(send, 1_001);
  await expect(over.model.stream(long, {}, NOBODY)).rejects.toMatchObject({
    code: "context-too-long",
    kind: "request",
    billed: "no",
  });
  expect(sendings).toBe(0);
  await expect(over.model.stream(request, {}, NOBODY)).resolves.toMatchObject({ text: "{}" });
  const under = await setUp(send, 1_000);
  await expect(under.model.stream(long, {}, NOBODY)).resolves.toMatchObject({ text: "{}" });
});
