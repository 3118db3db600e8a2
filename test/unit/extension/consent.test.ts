import { describe, expect, it } from "vitest";
import type { PlanSummary } from "../../../src/core/engine.ts";
import { consentQuestion, modelsOf } from "../../../src/extension/consent.ts";
import { originsOfPlan } from "../../../src/shared/endpoint.ts";
import { endpointOrigin, isUnencrypted } from "../../../src/extension/endpoints.ts";
import { isLoopback } from "../../../src/shared/endpoint.ts";

const plan: PlanSummary = {
  provider: "openai",
  model: "small",
  endpoint: "https://api.example",
  files: 412,
  cachedFiles: 371,
  skippedFiles: 3,
  pendingFiles: 38,
  hits: 371,
  misses: 40,
  requests: 40,
  inputTokens: 297_000,
  outputTokens: 12_000,
  quote: { likelyUsd: 0.09, atMostUsd: 0.31 },
  priceKnown: true,
  budgetUsd: 1,
  pending: [],
  skipped: [],
};
const ask = (change: Partial<PlanSummary>, hasAgreed = false, confirmAboveUsd: number | null = 0.5) => {
  const whole = { ...plan, ...change };
  return consentQuestion({ plan: whole, origins: originsOfPlan(whole), hasAgreed, confirmAboveUsd });
};

describe("asking before sending", () => {
  it("names every server that the same model is asked at", () => {
    const others = ["https://b.example", "https://c.example"];
    const question = ask({ otherEndpoints: others });
    expect(question?.title).toContain("https://api.example, https://b.example, https://c.example");
    expect(question?.detail).toContain("Endpoints: https://api.example, https://b.example, https://c.example");
    // One of them is elsewhere: the files leave this machine.
    const mixed = ask({ endpoint: "http://127.0.0.1:1234", otherEndpoints: ["https://b.example"] });
    expect(mixed?.detail).toContain("leaves this machine");
  });

  it("names endpoint, model, files, tokens and price the first time", () => {
    const question = ask({});
    expect(question?.title).toBe("Send 38 Files to https://api.example?");
    expect(question?.accept).toBe("Review 38 Files");
    expect(question?.isFirstUse).toBe(true);
    for (const part of [
      "https://api.example",
      "small",
      "297\u202fk",
      "12\u202fk",
      "likely $0.09, at most $0.31",
      "$1.00",
    ]) {
      expect(question?.detail).toContain(part);
    }
  });

  it("names the strong model where it would review something, and wants to be agreed to for both", () => {
    const both = { model: "small", strong: { model: "large", files: 2 } };
    expect(ask(both)?.detail).toContain("For 2 complex or sensitive files: large");
    expect(modelsOf(both)).toEqual(["small", "large"]);
    const unused = { model: "small", strong: { model: "large", files: 0 } };
    expect(ask(unused)?.detail).not.toContain("large");
    expect(modelsOf(unused)).toEqual(["small"]);
  });

  it("says what is left of the day where a daily budget is set, and whether that will do", () => {
    const daily = { limitUsd: 5, usedUsd: 4.5, endsAt: "2026-11-22T00:00:00.000Z", reached: false };
    expect(ask({})?.detail).not.toContain("daily");
    expect(ask({ daily })?.detail).toMatch(/\$0\.50 of the daily budget of \$5\.00 is left today\.$/);
    expect(ask({ daily: { ...daily, usedUsd: 4.95 } })?.detail).toMatch(
      /left today\. The run will probably stop there\.$/,
    );
  });

  it("is silent once agreed, up to the price that asks", () => {
    expect(ask({}, true)).toBeNull();
    expect(ask({ quote: { likelyUsd: 0.51, atMostUsd: 2 } }, true)?.isFirstUse).toBe(false);
    expect(ask({ quote: { likelyUsd: 0.51, atMostUsd: 2 } }, true, null)).toBeNull();
    expect(ask({ quote: { likelyUsd: 0.5, atMostUsd: 2 } }, true)).toBeNull();
  });

  it("asks each time about what is submitted for the night, and says how long that takes", () => {
    const question = ask({ overnight: true }, true);
    expect(question?.title).toBe("Review 38 Files for likely $0.09, at most $0.31?");
    expect(question?.detail).toContain("within a day");
    expect(ask({ overnight: true, pendingFiles: 0 }, true)).toBeNull();
  });

  it("takes an unknown price for dear, but not on this machine", () => {
    expect(ask({ priceKnown: false, quote: { likelyUsd: 0, atMostUsd: 0 } }, true)?.title).toContain(
      "an unknown price",
    );
    expect(ask({ priceKnown: false, endpoint: "http://127.0.0.1:1234" }, true)).toBeNull();
  });

  it("says through whom an editor's model is asked, and that no budget holds it", () => {
    const question = ask({ provider: "vscode", endpoint: "vscode-lm://copilot", priceKnown: false });
    expect(question?.title).toBe("Send 38 Files to copilot, through VS Code?");
    expect(question?.detail).toContain("Price: whatever the extension's maker counts or bills");
    expect(question?.detail).toContain("About 40 requests, which no budget in dollars can hold.");
    expect(question?.detail).not.toContain("$1.00");
  });

  it("asks nothing when nothing would be sent", () => {
    expect(ask({ pendingFiles: 0 })).toBeNull();
  });

  it("warns of a connection without encryption", () => {
    expect(ask({ endpoint: "http://gateway.example" })?.detail).toContain("NOT encrypted");
    expect(ask({ otherEndpoints: ["http://gateway.example"] })?.detail).toContain("NOT encrypted");
    expect(ask({ endpoint: "http://localhost:8080" })?.detail).not.toContain("NOT encrypted");
  });
});

describe("endpoints", () => {
  it.each([
    ["http://127.0.0.1:1", true],
    ["http://127.1.2.3", true],
    ["http://[::1]:80", true],
    ["http://localhost", true],
    ["http://a.localhost", true],
    ["http://127.0.0.1.evil.example", false],
    ["http://localhost.evil.example", false],
    ["http://10.0.0.1", false],
    ["https://api.openai.com", false],
  ])("%s is this machine: %s", (origin, expected) => {
    expect(isLoopback(origin)).toBe(expected);
    expect(isUnencrypted(origin)).toBe(!expected && origin.startsWith("http:"));
  });

  it("belong to the model, not to the offline engine", () => {
    expect(endpointOrigin({ provider: "offline", model: null, baseUrl: "https://x/v1" })).toBeNull();
    expect(endpointOrigin({ provider: "openai", model: null, baseUrl: null })).toBe("https://api.openai.com");
    expect(endpointOrigin({ provider: "openai", model: null, baseUrl: "http://host:81/v1" })).toBe("http://host:81");
    expect(endpointOrigin({ provider: "anthropic", model: null, baseUrl: null })).toBe("https://api.anthropic.com");
    expect(endpointOrigin({ provider: "ollama", model: null, baseUrl: null })).toBe("http://127.0.0.1:11434");
    expect(endpointOrigin({ provider: "vscode", model: "a b/c", baseUrl: "http://x" })).toBe("vscode-lm://a%20b");
  });
});
