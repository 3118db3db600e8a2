import { describe, expect, it } from "vitest";
import { modelChoices } from "../../../src/extension/modelChoices.ts";
import { addressProblem, keyProblem } from "../../../src/extension/inputProblems.ts";

describe("what is typed", () => {
  it("is an address without name, password or query", () => {
    expect(addressProblem("https://host/v1")).toBeNull();
    for (const bad of ["host", "ftp://host", "https://me:pw@host/v1", "https://host/v1?key=1", "https://host/#a"]) {
      expect(addressProblem(bad)).not.toBeNull();
    }
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
