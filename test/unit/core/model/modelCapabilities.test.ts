import { expect, test } from "vitest";
import { capabilitiesOf } from "../../../../src/core/model/modelCapabilities.ts";

test.each([
  ["gpt-5-mini", 400_000, "automatic", "max_completion_tokens"],
  ["openai/gpt-5-mini-2025-08-07", 400_000, "automatic", "max_completion_tokens"],
  ["gpt-5.4-mini", 400_000, "automatic", "max_completion_tokens"],
  ["gpt-5.5", 1_050_000, "automatic", "max_completion_tokens"],
  ["gpt-5.6", 1_050_000, "explicit", "max_completion_tokens"],
  ["gpt-5.6-luna", 1_050_000, "explicit", "max_completion_tokens"],
  ["gpt-5.10", 400_000, "explicit", "max_completion_tokens"],
  ["gpt-6-sol", 1_050_000, "explicit", "max_completion_tokens"],
  ["gpt-4o-mini", 128_000, "automatic", "max_completion_tokens"],
  ["ft:gpt-4o-mini:me::1", 128_000, "automatic", "max_completion_tokens"],
  ["o3", 200_000, "automatic", "max_completion_tokens"],
  ["gpt-oss-20b", 131_072, "unknown", "max_tokens"],
  ["qwen3-coder:30b", 128_000, "unknown", "max_tokens"],
  ["my-own", 32_768, "unknown", "max_tokens"],
])("%s", (name, contextTokens, cachingKind, outputLimitField) => {
  expect(capabilitiesOf(name)).toMatchObject({ contextTokens, cachingKind, outputLimitField });
});

test.each([
  ["gpt-5-mini", "low"],
  ["openai/gpt-5.6", "low"],
  ["o3", "low"],
  ["gpt-5-chat-latest", null],
  ["gpt-4o-mini", null],
  ["o1-mini", null],
  ["gpt-oss-20b", null],
])("%s thinks with effort %s", (name, reasoningEffort) => {
  expect(capabilitiesOf(name)).toMatchObject({ reasoningEffort });
});

test.each([
  ["claude-haiku-4-5-20251001", 200_000, 4_096, null],
  ["claude-sonnet-4-5", 200_000, 1_024, null],
  ["claude-sonnet-5", 1_000_000, 512, "low"],
  ["claude-opus-5-5", 1_000_000, 512, "low"],
])("%s through Anthropic's own protocol", (name, contextTokens, minimumCacheTokens, reasoningEffort) => {
  const common = { contextTokens, minimumCacheTokens, reasoningEffort };
  expect(capabilitiesOf(name, "anthropic")).toMatchObject({ ...common, cachingKind: "explicit" });
  expect(capabilitiesOf(name)).toMatchObject({ cachingKind: "unknown", reasoningEffort: null });
});
