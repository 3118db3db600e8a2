import { describe, expect, it } from "vitest";
import { makeReferences, reviewsInReference, tryDamage } from "../../../../support/durability/damagedStores.ts";
import { temporaryFolder } from "../../../../support/temporaryFolder.ts";

/** `npm run bench -- durability` tries two thousand. */
const CASES = 100;

describe("a damaged store", () => {
  it("starts, gives no wrong answer, and keeps what is sound", { timeout: 180_000 }, async () => {
    const references = await makeReferences(temporaryFolder());
    const outcomes = [];
    for (let seed = 1; seed <= CASES; seed++) {
      outcomes.push(await tryDamage(references[seed % references.length]!, seed));
    }
    expect(outcomes.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(outcomes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    // Damage has been met and repaired, or these cases prove nothing.
    expect(outcomes.filter(({ told }) => told).length).toBeGreaterThan(CASES / 5);
    const kept = outcomes.reduce((sum, outcome) => sum + outcome.kept, 0);
    expect(kept / CASES).toBeGreaterThan(reviewsInReference * 0.8);
  });
});
