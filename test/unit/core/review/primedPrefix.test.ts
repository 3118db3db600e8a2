import { expect, it } from "vitest";
import { createPriceBook } from "../../../../src/core/model/prices.ts";
import { createPrimedPrefix } from "../../../../src/core/review/primedPrefix.ts";

const prices = await createPriceBook({});
const prefixFor = (name: string) => createPrimedPrefix({ name, provider: "openai", prices });
const requestOf = (length: number, own = "own") => ({
  parts: [
    { role: "system" as const, text: "x".repeat(length), cacheBreakpoint: true },
    { role: "user" as const, text: own },
  ],
  maxOutputTokens: 100,
});

it("is the same for requests that begin alike, for none that is too short, and each model's own", () => {
  const mini = prefixFor("gpt-5-mini");
  expect(mini(requestOf(9_000))).not.toBeNull();
  expect(mini(requestOf(9_000, "other"))).toBe(mini(requestOf(9_000)));
  expect(mini(requestOf(100))).toBeNull();
  expect(prefixFor("gpt-5")(requestOf(9_000))).not.toBe(mini(requestOf(9_000)));
});
