import fc from "fast-check";
import { expect, test } from "vitest";
import type { ModelRequest } from "../../../../src/core/model/model.ts";
import { buildOllamaBody, contextTokensFor } from "../../../../src/core/model/ollamaRequest.ts";

const request = (length: number): ModelRequest => ({
  parts: [
    { role: "system", text: "Review." },
    { role: "user", text: "x".repeat(length) },
  ],
  schema: { name: "review", schema: { type: "object" } },
  maxOutputTokens: 8_192,
});

test("the prompt is never cut silently, the reply is bounded, and its shape is bound and said", () => {
  const body = buildOllamaBody("qwen3-coder:30b", request(10), 16_384);
  expect(body).toMatchObject({
    model: "qwen3-coder:30b",
    format: { type: "object" },
    options: { num_ctx: 16_384, num_predict: 8_192 },
    stream: true,
    truncate: false,
  });
  expect(body.messages!.map(({ role }) => role)).toEqual(["system", "user"]);
  expect(body.messages![0]!.content).toContain('{"type":"object"}');
});

test("the context holds prompt and reply, only grows, takes few values and stays within the model's", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400_000), { maxLength: 8 }), (lengths) => {
      let before = 0;
      for (const length of lengths) {
        const tokens = contextTokensFor(request(length), before, 128_000);
        expect(tokens).toBeGreaterThanOrEqual(before);
        expect([16_384, 32_768, 65_536, 128_000]).toContain(tokens);
        if (tokens < 128_000) expect(tokens).toBeGreaterThanOrEqual(length / 2.5 + 8_192);
        before = tokens;
      }
    }),
  );
});
