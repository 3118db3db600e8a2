import fc from "fast-check";
import { expect, test } from "vitest";
import {
  buildMessagesBody,
  firstMessagesDialect,
  withoutRefusedConfig,
} from "../../../../src/core/model/anthropicRequest.ts";
import type { ModelRequest } from "../../../../src/core/model/model.ts";
import { capabilitiesOf } from "../../../../src/core/model/modelCapabilities.ts";

const schema = { name: "review", schema: { type: "object" } };
const request = (sharedLength: number): ModelRequest => ({
  parts: [
    { role: "system", text: "s".repeat(sharedLength) },
    { role: "user", text: "shared", cacheBreakpoint: true },
    { role: "user", text: "own" },
  ],
  schema,
  maxOutputTokens: 500,
});
const strong = firstMessagesDialect(capabilitiesOf("claude-opus-5-5", "anthropic"));
const error = (message: string) => ({ isApiError: true, message, code: null, type: null, param: null });

test("what is shared is marked at its end, the schema and a low effort are asked for", () => {
  expect(buildMessagesBody("claude-opus-5-5", request(2_000), strong, 1_024)).toEqual({
    model: "claude-opus-5-5",
    max_tokens: 500,
    system: [{ type: "text", text: "s".repeat(2_000) }],
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "shared", cache_control: { type: "ephemeral" } },
          { type: "text", text: "own" },
        ],
      },
    ],
    output_config: { effort: "low", format: { type: "json_schema", schema: schema.schema } },
    stream: true,
  });
});

test("at most one mark, never on the tail, none where nothing can be kept", () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.constantFrom(512, 1_024, 4_096), (length, minimum) => {
      const text = JSON.stringify(buildMessagesBody("claude-x", request(length), strong, minimum));
      expect(text.split("cache_control").length - 1).toBe(length + "shared".length >= minimum ? 1 : 0);
      expect(text).toContain('{"type":"text","text":"own"}');
    }),
  );
});

test("what a model does not take is left out, one thing at a time, and the schema is then said in words", () => {
  const sent = buildMessagesBody("claude-x", request(0), strong, 1_024);
  const noEffort = withoutRefusedConfig(strong, sent, 400, error("This model does not support the effort parameter."));
  expect(noEffort).toEqual({ replyFormat: "json_schema", effort: null });
  const plain = withoutRefusedConfig(noEffort!, sent, 400, error("output_config.format: not supported by this model"));
  expect(plain).toEqual({ replyFormat: "prompt", effort: null });
  const body = buildMessagesBody("claude-x", request(0), plain!, 1_024);
  expect(body).not.toHaveProperty("output_config");
  expect(JSON.stringify(body.system)).toContain("JSON schema");
  expect(withoutRefusedConfig(plain!, body, 400, error("output_config.format: not supported"))).toBeUndefined();
  expect(withoutRefusedConfig(strong, sent, 500, error("effort is not supported"))).toBeUndefined();
  expect(withoutRefusedConfig(strong, sent, 400, error("prompt is too long"))).toBeUndefined();
});
