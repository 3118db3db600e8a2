import { expect, test } from "vitest";
import { modelChoices, storedBaseUrl, strongChoices, type Offers } from "../../../src/extension/modelChoices.ts";

const offers: Offers = {
  openai: [
    { name: "gpt-5-nano", isDefault: false, inputUsdPerMillion: 0.05, outputUsdPerMillion: 0.4 },
    { name: "gpt-5-mini", isDefault: true, inputUsdPerMillion: 0.25, outputUsdPerMillion: 2 },
  ],
  anthropic: [
    { name: "claude-haiku-4-5", isDefault: true, inputUsdPerMillion: 1, outputUsdPerMillion: 5 },
    { name: "claude-next", isDefault: false, inputUsdPerMillion: null, outputUsdPerMillion: null },
  ],
  editor: [{ name: "copilot/gpt-x", label: "GPT-X", vendor: "copilot", maxInputTokens: 100_000 }],
  local: [{ name: "Ollama", provider: "ollama", baseUrl: "http://127.0.0.1:11434", models: ["llama4"] }],
};
const none = { provider: "offline", model: null, baseUrl: null };

test("offline first, then one of each kind, then what is here, then the long lists", () => {
  expect(modelChoices(offers, none).map((choice) => choice.label)).toEqual([
    "$(check) Offline",
    "gpt-5-mini",
    "claude-haiku-4-5",
    "OpenAI-Compatible Server…",
    "Brought to VS Code by other extensions",
    "GPT-X",
    "On this machine",
    "llama4",
    "More models by OpenAI",
    "gpt-5-nano",
    "More models by Anthropic",
    "claude-next",
  ]);
});

test("every choice says its price and where the text goes", () => {
  const lines = modelChoices(offers, none).flatMap((choice) =>
    choice.kind === "heading" ? [] : [`${choice.description} | ${choice.detail}`],
  );
  expect(lines).toContain(
    "$1.00 in, $5.00 out per million tokens · default | The files' text goes to api.anthropic.com; a question comes first.",
  );
  expect(lines.at(-1)).toContain("price unknown");
  expect(lines.find((line) => line.includes("Ollama"))).toMatch(/^no bill · Ollama at 127\.0\.0\.1:11434 \| /);
});

test.each([
  [{ provider: "anthropic", model: null, baseUrl: null }, "claude-haiku-4-5"],
  [{ provider: "openai", model: "gpt-5-nano", baseUrl: null }, "gpt-5-nano"],
  [{ provider: "vscode", model: "copilot/gpt-x", baseUrl: null }, "GPT-X"],
  [{ provider: "ollama", model: "llama4", baseUrl: null }, "llama4"],
  [{ provider: "openai", model: "x", baseUrl: "http://127.0.0.1:1234/v1" }, "OpenAI-Compatible Server…"],
])("marks what is set now: %j", (current, label) => {
  const marked = modelChoices(offers, current).filter((choice) => choice.label.startsWith("$(check)"));
  expect(marked.map((choice) => choice.label)).toEqual([`$(check) ${label}`]);
});

test("sections without models are left out", () => {
  const kinds = modelChoices({ openai: [], anthropic: [], editor: [], local: [] }, none).map((choice) => choice.kind);
  expect(kinds).toEqual(["offline", "server"]);
});

test("the second step offers one model for all, the strong one with its price, and what is set", () => {
  const models = [
    ...offers.openai,
    { name: "gpt-5", isDefault: false, isStrong: true, inputUsdPerMillion: 1.25, outputUsdPerMillion: 10 } as const,
  ];
  expect(strongChoices(models, "gpt-5-mini", null)).toEqual([
    { label: "$(check) One Model for All Files", description: "gpt-5-mini", model: null },
    { label: "gpt-5", description: "$1.25 in, $10.00 out per million tokens", model: "gpt-5" },
  ]);
  const labels = (usual: string, current: string | null) =>
    strongChoices(models, usual, current).map((choice) => choice.label);
  expect(labels("gpt-5-mini", "gpt-5-nano")).toEqual(["One Model for All Files", "$(check) gpt-5-nano", "gpt-5"]);
  expect(labels("gpt-5", null)).toEqual(["$(check) One Model for All Files"]);
});

test("the address is stored unless it is the provider's own", () => {
  const [ollama] = offers.local;
  expect(storedBaseUrl(ollama!)).toBeUndefined();
  expect(storedBaseUrl({ ...ollama!, baseUrl: "http://127.0.0.1:5000" })).toBe("http://127.0.0.1:5000");
  expect(storedBaseUrl({ ...ollama!, provider: "openai" })).toBe("http://127.0.0.1:11434");
});
