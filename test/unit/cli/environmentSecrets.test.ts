import { expect, test } from "vitest";
import { chosenBaseUrl, createEnvironmentSecrets } from "../../../src/cli/environmentSecrets.ts";

const OPENAI = "https://api.openai.com";

test("a key goes to the provider's own endpoint and nowhere else", async () => {
  const secrets = createEnvironmentSecrets({ OPENAI_API_KEY: "sk-1", ANTHROPIC_API_KEY: "sk-2" }, null);
  expect(await secrets.apiKey("openai", OPENAI)).toBe("sk-1");
  expect(await secrets.apiKey("openai", "https://evil.test")).toBeUndefined();
  expect(await secrets.apiKey("openai", "http://api.openai.com")).toBeUndefined();
  expect(await secrets.apiKey("openai", "https://api.openai.com.evil.test")).toBeUndefined();
  expect(await secrets.apiKey("anthropic", "https://api.anthropic.com")).toBe("sk-2");
  expect(await secrets.apiKey("anthropic", OPENAI)).toBeUndefined();
});

test("with a named endpoint the key goes there, and no longer to the provider", async () => {
  const secrets = createEnvironmentSecrets({ OPENAI_API_KEY: "sk-1" }, "http://127.0.0.1:8080/v1");
  expect(await secrets.apiKey("openai", "http://127.0.0.1:8080")).toBe("sk-1");
  expect(await secrets.apiKey("openai", "http://127.0.0.1:8081")).toBeUndefined();
  expect(await secrets.apiKey("openai", OPENAI)).toBeUndefined();
});

test("a further endpoint has its own key, and never gets the first one's", async () => {
  const env = { ONCEOVER_API_KEY: "one", ONCEOVER_API_KEY_2: "two" };
  const endpoints = ["https://b.test/v1", "https://c.test/v1", "https://a.test/other"];
  const secrets = createEnvironmentSecrets(env, "https://a.test/v1", endpoints);
  const keys = await Promise.all(["a", "b", "c", "d"].map((name) => secrets.apiKey("openai", `https://${name}.test`)));
  expect(keys).toEqual(["one", "two", undefined, undefined]);
});

test("ONCEOVER_API_KEY comes first; white space around a key is no part of it", async () => {
  const both = createEnvironmentSecrets({ ONCEOVER_API_KEY: " mine\n", OPENAI_API_KEY: "sk-1" }, null);
  expect(await both.apiKey("openai", OPENAI)).toBe("mine");
  const empty = createEnvironmentSecrets({ ONCEOVER_API_KEY: "  ", OPENAI_API_KEY: "sk-1" }, null);
  expect(await empty.apiKey("openai", OPENAI)).toBe("sk-1");
  expect(await createEnvironmentSecrets({}, null).apiKey("openai", OPENAI)).toBeUndefined();
});

test("a key that cannot be one is refused without showing it", async () => {
  const secrets = createEnvironmentSecrets({ OPENAI_API_KEY: "sk-se cret" }, null);
  await expect(secrets.apiKey("openai", OPENAI)).rejects.toMatchObject({
    code: "invalid-key",
    message: expect.not.stringContaining("cret"),
  });
});

test("the flag wins over OPENAI_BASE_URL, which counts for openai alone", () => {
  const env = { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" };
  expect(chosenBaseUrl("openai", "http://127.0.0.1:2/v1", env)).toBe("http://127.0.0.1:2/v1");
  expect(chosenBaseUrl("openai", null, env)).toBe("http://127.0.0.1:1/v1");
  expect(chosenBaseUrl("offline", null, env)).toBeNull();
  expect(chosenBaseUrl("openai", null, { OPENAI_BASE_URL: "" })).toBeNull();
});

test.each([
  [undefined, null],
  ["127.0.0.1", "http://127.0.0.1:11434"],
  ["0.0.0.0:11500", "http://127.0.0.1:11500"],
  [":8080", "http://127.0.0.1:8080"],
  ["box", "http://box:11434"],
  ["box:80", "http://box"],
  ["https://models.example/ollama/", "https://models.example/ollama"],
])("OLLAMA_HOST %j means %j, and a flag comes before it", (value, expected) => {
  const env = value === undefined ? {} : { OLLAMA_HOST: value };
  expect(chosenBaseUrl("ollama", null, env)).toBe(expected);
  expect(chosenBaseUrl("ollama", "http://flag", env)).toBe("http://flag");
  expect(chosenBaseUrl("openai", null, env)).toBeNull();
});
