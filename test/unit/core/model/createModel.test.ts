import { expect, test } from "vitest";
import type { Ports } from "../../../../src/core/ports.ts";
import { chosenName, createModel, modelOrigins } from "../../../../src/core/model/createModel.ts";
import { listModels, listServedModels } from "../../../../src/core/model/listModels.ts";
import { systemClock } from "../../../../src/core/systemPorts.ts";
import { answerJson, answerWell, startRawServer } from "../../../support/rawServer.ts";

const silent = () => undefined;
const NOBODY = new AbortController().signal;

/** Keys by origin, and what was asked for and warned of. */
function portsWith(keys: Readonly<Record<string, string>> = {}) {
  const asked: string[] = [];
  const warnings: string[] = [];
  const ports: Ports = {
    clock: systemClock,
    logger: { debug: silent, info: silent, warn: (message) => void warnings.push(message), error: silent },
    secrets: {
      async apiKey(provider, origin) {
        asked.push(`${provider} ${origin}`);
        return keys[origin];
      },
    },
    fetch: (input, init) => globalThis.fetch(input, init),
  };
  return { ports, asked, warnings };
}

const settings = { provider: "openai", model: null, baseUrl: null } as const;
const request = { parts: [{ role: "user", text: "x" }], maxOutputTokens: 10 } as const;

test("a server on this machine needs no key", async () => {
  await using server = await startRawServer(answerWell);
  const { ports, asked } = portsWith();
  const model = await createModel({ settings: { ...settings, baseUrl: server.origin }, ports });
  await model.stream(request, {}, NOBODY);
  await model.close();
  expect(asked).toEqual([`openai ${server.origin}`]);
  expect(server.requests[0]).toMatchObject({
    url: "/v1/chat/completions",
    headers: { authorization: "Bearer none" },
    body: { model: "gpt-5-mini" },
  });
});

test("the key that is bound to the origin is sent, and no other", async () => {
  await using server = await startRawServer(answerWell);
  const { ports } = portsWith({ [server.origin]: " sk-mine ", "https://api.openai.com": "sk-other" });
  const model = await createModel({
    settings: { ...settings, model: " gpt-5 ", baseUrl: `${server.origin}/v1` },
    ports,
  });
  await model.stream(request, {}, NOBODY);
  await model.close();
  expect(model.name).toBe("gpt-5");
  expect(server.requests[0]!.headers["authorization"]).toBe("Bearer sk-mine");
});

test("elsewhere a key is needed", async () => {
  const { ports } = portsWith();
  await expect(createModel({ settings, ports })).rejects.toMatchObject({
    code: "missing-key",
    message: "There is no key for api.openai.com.",
    advice: expect.stringContaining("ONCEOVER_API_KEY"),
  });
});

test("a key that would travel unencrypted is warned of", async () => {
  const { ports, warnings } = portsWith({ "http://models.example": "sk-1" });
  await (await createModel({ settings: { ...settings, baseUrl: "http://models.example/v1" }, ports })).close();
  expect(warnings.join()).toContain("unencrypted");
  expect(warnings.join()).not.toContain("sk-1");
});

test.each(["sk-a b", "sk-…", "sk-\u001b[31m", "“sk-1”"])("%j can be no key, and is not repeated", async (key) => {
  const { ports } = portsWith({ "https://api.openai.com": key });
  const failure = createModel({ settings, ports });
  await expect(failure).rejects.toMatchObject({ code: "invalid-key" });
  await expect(failure).rejects.not.toThrow(key);
});

test("a wrong address is refused before a key is asked for", async () => {
  const { ports, asked } = portsWith();
  await expect(createModel({ settings: { ...settings, baseUrl: "nowhere" }, ports })).rejects.toMatchObject({
    code: "wrong-endpoint",
  });
  expect(asked).toEqual([]);
});

test("offline there is no model", async () => {
  const provider = "offline";
  const { ports } = portsWith();
  await expect(createModel({ settings: { ...settings, provider }, ports })).rejects.toMatchObject({
    code: "invalid-setting",
  });
  expect(() => chosenName({ ...settings, provider })).toThrow();
});

test.each(["anthropic", "ollama"] as const)("%s has its own address and default model", async (provider) => {
  const own = { ...settings, provider };
  const { ports } = portsWith({ "https://api.anthropic.com": "sk-1" });
  const model = await createModel({ settings: own, ports });
  expect(model).toMatchObject({ provider, name: chosenName(own), origin: modelOrigins(own)[0] });
  await model.close();
});

test("the origin is known without a model", () => {
  expect(modelOrigins(settings)).toEqual(["https://api.openai.com"]);
  expect(modelOrigins({ ...settings, baseUrl: "http://127.0.0.1:8080/x/v1" })).toEqual(["http://127.0.0.1:8080"]);
  const endpoints = ["http://127.0.0.1:8081/v1", "http://127.0.0.1:8080/y/v1", "http://127.0.0.1:8081/v1/"];
  expect(modelOrigins({ ...settings, baseUrl: "http://127.0.0.1:8080/x/v1", endpoints })).toEqual([
    "http://127.0.0.1:8080",
    "http://127.0.0.1:8081",
  ]);
});

test("models that can be chosen have prices, the default among them, cheapest first", async () => {
  const models = await listModels();
  expect(models.filter(({ isDefault }) => isDefault)).toEqual([
    { name: chosenName(settings), isDefault: true, inputUsdPerMillion: 0.25, outputUsdPerMillion: 2 },
  ]);
  expect(models.length).toBeGreaterThan(10);
  const costs = models.map((model) => model.inputUsdPerMillion! * 9 + model.outputUsdPerMillion!);
  expect(costs).toEqual(costs.toSorted((a, b) => a - b));
  expect(models.filter(({ name }) => /audio|image|realtime/.test(name))).toEqual([]);
});

test("a server's own models come with what is known of their prices", async () => {
  await using server = await startRawServer(
    answerJson(200, { data: [{ id: "local-model" }, { id: "gpt-5-mini" }, {}] }),
  );
  const { ports } = portsWith();
  expect(await listServedModels({ baseUrl: server.origin, ports })).toEqual([
    { name: "local-model", isDefault: false, inputUsdPerMillion: null, outputUsdPerMillion: null },
    { name: "gpt-5-mini", isDefault: true, inputUsdPerMillion: 0.25, outputUsdPerMillion: 2 },
  ]);
  expect(server.requests[0]).toMatchObject({ method: "GET", url: "/v1/models" });
});

test("Ollama's and Anthropic's lists are read too; what others charge for a name says nothing of one's own server", async () => {
  await using ollama = await startRawServer(answerJson(200, { models: [{ name: "llama3.1:8b" }] }));
  await using anthropic = await startRawServer(answerJson(200, { data: [{ id: "claude-haiku-4-5" }] }));
  const { ports } = portsWith();
  expect(await listServedModels({ provider: "ollama", baseUrl: ollama.origin, ports })).toEqual([
    { name: "llama3.1:8b", isDefault: false, inputUsdPerMillion: null, outputUsdPerMillion: null },
  ]);
  expect(await listServedModels({ provider: "anthropic", baseUrl: anthropic.origin, ports })).toEqual([
    { name: "claude-haiku-4-5", isDefault: true, inputUsdPerMillion: 1, outputUsdPerMillion: 5 },
  ]);
  expect(ollama.requests[0]).toMatchObject({ url: "/api/tags" });
  expect(anthropic.requests[0]!.headers).toMatchObject({ "anthropic-version": "2026-10-21" });
  const names = (await listModels({}, "anthropic")).map(({ name }) => name);
  expect(names).toContain(chosenName({ ...settings, provider: "anthropic" }));
});

test.each([
  [answerJson(401, { error: { message: "no" } }), "invalid-key"],
  [answerJson(404, {}), "wrong-endpoint"],
  [answerJson(200, { models: [] }), "wrong-endpoint"],
  [answerJson(307, {}, { location: "http://127.0.0.1:9/" }), "wrong-endpoint"],
] as const)("a server that has no list says why (%#)", async (answer, code) => {
  await using server = await startRawServer(answer);
  await expect(listServedModels({ baseUrl: server.origin, ports: portsWith().ports })).rejects.toMatchObject({ code });
});

test("a further server without a key is told apart from the first", async () => {
  const { ports } = portsWith({ "https://a.test": "sk-1" });
  const pooled = { ...settings, baseUrl: "https://a.test/v1", endpoints: ["https://b.test/v1"] };
  await expect(createModel({ settings: pooled, ports })).rejects.toMatchObject({
    code: "missing-key",
    message: expect.stringContaining("b.test"),
    advice: expect.stringContaining("ONCEOVER_API_KEY_2"),
  });
});
