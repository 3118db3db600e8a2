import { expect, test } from "vitest";
import { isCloudModel, isLoopback, parseEndpoint } from "../../../src/shared/endpoint.ts";

test.each([
  [null, "https://api.openai.com/v1", "https://api.openai.com"],
  ["https://api.openai.com/v1/", "https://api.openai.com/v1", "https://api.openai.com"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"],
  [" https://openrouter.ai/api/v1 ", "https://openrouter.ai/api/v1", "https://openrouter.ai"],
  ["https://HOST.example:443/v1/chat/completions", "https://host.example/v1", "https://host.example"],
])("%s goes to %s", (given, baseUrl, origin) => {
  expect(parseEndpoint(given)).toMatchObject({ baseUrl, origin });
});

test.each([
  ["anthropic", null, "https://api.anthropic.com", "https://api.anthropic.com"],
  [
    "anthropic",
    "https://gateway.example/anthropic/v1/messages",
    "https://gateway.example/anthropic",
    "https://gateway.example",
  ],
  ["anthropic", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["ollama", null, "http://127.0.0.1:11434", "http://127.0.0.1:11434"],
  ["ollama", "http://box:11434/api/chat/", "http://box:11434", "http://box:11434"],
  ["ollama", "http://box:11434/v1", "http://box:11434", "http://box:11434"],
] as const)("%s at %s goes to %s", (provider, given, baseUrl, origin) => {
  expect(parseEndpoint(given, provider)).toMatchObject({ baseUrl, origin });
});

test.each([
  "",
  "api.openai.com/v1",
  "localhost:8080",
  "ftp://host/v1",
  "file:///etc",
  "https://user:pass@host/v1",
  "https://host/v1?key=1",
  "https://host/v1#x",
  "https://",
])("%s is refused before anything is sent", (given) => {
  expect(() => parseEndpoint(given)).toThrow(expect.objectContaining({ code: "wrong-endpoint" }));
});

test("a password in an address is not repeated", () => {
  expect(() => parseEndpoint("https://user:hunter2@host/v1")).toThrow(expect.not.stringContaining("hunter2"));
});

test.each([
  ["http://127.0.0.1:8080", true],
  ["http://127.9.9.9", true],
  ["http://localhost:1234", true],
  ["http://[::1]:11434", true],
  ["http://api.localhost", true],
  ["http://127.0.0.1.evil.example", false],
  ["http://localhost.evil.example", false],
  ["http://192.168.0.2", false],
  ["https://api.openai.com", false],
  ["nonsense", false],
])("%s on this machine: %s", (origin, expected) => {
  expect(isLoopback(origin)).toBe(expected);
});

test("a model that only seems to run on this machine is known by its name", () => {
  for (const name of ["gpt-oss:120b-cloud", "kimi:cloud", "x:CLOUD "]) expect(isCloudModel(name)).toBe(true);
  for (const name of ["qwen3-coder:30b", "cloudy", "cloud-model:7b", null]) expect(isCloudModel(name)).toBe(false);
});
