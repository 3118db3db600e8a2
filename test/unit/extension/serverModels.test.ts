import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { modelChoices } from "../../../src/extension/modelChoices.ts";
import { addressProblem, keyProblem, listServerModels, modelsUrl } from "../../../src/extension/serverModels.ts";
import { errorCode } from "../../../src/shared/errors.ts";

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const ask = (baseUrl: string, apiKey?: string, timeoutMs = 5_000) =>
  listServerModels({ baseUrl, apiKey, fetch: globalThis.fetch, timeoutMs });
const codeOf = (call: Promise<unknown>) => call.then(() => "none", errorCode);

describe("the test call", () => {
  it("lists the server's models and shows it the key", async () => {
    const seen: (string | undefined)[] = [];
    const baseUrl = await serve((request, response) => {
      seen.push(request.url, request.headers.authorization);
      response.end(JSON.stringify({ data: [{ id: "small" }, { id: "large" }, {}, null] }));
    });
    expect(await ask(`${baseUrl}/`, "k")).toEqual(["small", "large"]);
    expect(seen).toEqual(["/v1/models", "Bearer k"]);
  });

  it.each([401, 403])("asks for a key after %i", async (status) => {
    const baseUrl = await serve((_, response) => response.writeHead(status).end());
    expect(await codeOf(ask(baseUrl))).toBe("invalid-key");
  });

  it.each(["<html>", "{}", '{"data":3}', "null"])("calls %s no list of models", async (body) => {
    const baseUrl = await serve((_, response) => response.end(body));
    expect(await codeOf(ask(baseUrl))).toBe("wrong-endpoint");
  });

  it("never follows a redirect with the key", async () => {
    let reached = 0;
    const elsewhere = await serve((_, response) => {
      reached++;
      response.end(JSON.stringify({ data: [{ id: "x" }] }));
    });
    const baseUrl = await serve((_, response) => response.writeHead(302, { location: `${elsewhere}/models` }).end());
    expect(await codeOf(ask(baseUrl, "k"))).toBe("wrong-endpoint");
    expect(reached).toBe(0);
  });

  it("gives up on a server that is silent, gone or endless", async () => {
    const silent = await serve(() => {});
    expect(await codeOf(ask(silent, undefined, 50))).toBe("timeout");
    const endless = await serve((_, response) => {
      response.on("error", () => {});
      response.write("x".repeat(4_100_000));
    });
    expect(await codeOf(ask(endless))).toBe("wrong-endpoint");
    expect(await codeOf(ask("http://127.0.0.1:1/v1"))).toBe("unreachable");
  });
});

describe("what is typed", () => {
  it("is an address without name, password or query", () => {
    expect(addressProblem("https://host/v1")).toBeNull();
    for (const bad of ["host", "ftp://host", "https://me:pw@host/v1", "https://host/v1?key=1", "https://host/#a"]) {
      expect(addressProblem(bad)).not.toBeNull();
    }
    expect(modelsUrl("https://host/v1//")).toBe("https://host/v1/models");
    expect(modelsUrl("http://host:81")).toBe("http://host:81/v1/models");
    expect(modelsUrl("https://host/api/chat/completions")).toBe("https://host/api/models");
  });

  it("is a key that a header can carry", () => {
    expect(keyProblem(" abc-123 ")).toBeNull();
    expect(keyProblem("")).toBeNull();
    for (const bad of ["a b", "a\r\nx: y", "schlüssel", "\u200babc"]) expect(keyProblem(bad)).not.toBeNull();
  });
});

describe("choosing a model", () => {
  const offered = [
    { name: "large", isDefault: false, inputUsdPerMillion: 1.25, outputUsdPerMillion: 10 },
    { name: "small", isDefault: true, inputUsdPerMillion: 0.125, outputUsdPerMillion: 1 },
    { name: "odd", isDefault: false, inputUsdPerMillion: null, outputUsdPerMillion: null },
  ];
  const labels = (current: Parameters<typeof modelChoices>[1]) =>
    modelChoices(offered, current).map((one) => one.label);

  it("puts offline first, then the default, each with price and privacy", () => {
    const choices = modelChoices(offered, { provider: "offline", model: null, baseUrl: null });
    expect(choices.map((one) => one.kind)).toEqual(["offline", "openai", "server", "heading", "openai", "openai"]);
    expect(choices[0]).toMatchObject({ label: "$(check) Offline", description: "free" });
    expect(choices[1]).toMatchObject({
      label: "small",
      model: null,
      description: "$0.125 in, $1.00 out per million tokens · default",
    });
    expect(choices[5]).toMatchObject({ description: "price unknown" });
  });

  it("marks what is set now", () => {
    expect(labels({ provider: "openai", model: null, baseUrl: null })).toContain("$(check) small");
    expect(labels({ provider: "openai", model: "large", baseUrl: null })).toContain("$(check) large");
    const own = labels({ provider: "openai", model: "large", baseUrl: "http://127.0.0.1:1/v1" });
    expect(own.filter((label) => label.startsWith("$(check)"))).toEqual(["$(check) OpenAI-Compatible Server…"]);
  });
});
