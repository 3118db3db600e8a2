import { expect, test } from "vitest";
import { findLocalServers, ollamaAddress, type AskServer } from "../../../src/extension/localServers.ts";

test("offers what answers with models, and asks nowhere but on this machine", async () => {
  const asked: string[] = [];
  const ask: AskServer = async ({ baseUrl }) => {
    asked.push(baseUrl);
    if (baseUrl.endsWith(":11434")) return ["qwen3-coder:30b", "llama4"];
    if (baseUrl.includes(":1234")) return [];
    throw new Error("nobody listens");
  };
  const found = await findLocalServers(ask, "gpu.example.com:11434", new AbortController().signal);
  expect(found).toEqual([
    { name: "Ollama", provider: "ollama", baseUrl: "http://127.0.0.1:11434", models: ["qwen3-coder:30b", "llama4"] },
  ]);
  expect(asked).toEqual([
    "http://127.0.0.1:11434",
    "http://127.0.0.1:1234/v1",
    "http://127.0.0.1:9931/v1",
    "http://127.0.0.1:8080/v1",
  ]);
});

test("hands the time limit to every question", async () => {
  const limit = new AbortController();
  const ask: AskServer = (_, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  const found = findLocalServers(ask, undefined, limit.signal);
  limit.abort();
  expect(await found).toEqual([]);
});

test.each([
  [undefined, "http://127.0.0.1:11434"],
  ["", "http://127.0.0.1:11434"],
  ["0.0.0.0", "http://127.0.0.1:11434"],
  ["0.0.0.0:5000", "http://127.0.0.1:5000"],
  [":5000", "http://127.0.0.1:5000"],
  ["localhost", "http://localhost:11434"],
  ["http://localhost", "http://localhost"],
  ["localhost:80", "http://localhost"],
  ["http://[::1]:80/", "http://[::1]"],
  ["https://gpu.example.com", "http://127.0.0.1:11434"],
  ["http://127.0.0.1.example.com:11434", "http://127.0.0.1:11434"],
  ["not an address", "http://127.0.0.1:11434"],
])("OLLAMA_HOST %j is looked for at %s", (host, address) => {
  expect(ollamaAddress(host)).toBe(address);
});
