import { expect, it } from "vitest";
import { countWrites, tryFault } from "../../../../support/durability/diskFaults.ts";
import { temporaryFolder } from "../../../../support/temporaryFolder.ts";

/** Where in a run the write fails; `npm run bench -- durability` tries all of them. */
const FAULTS = [
  { kind: "full", place: 0.45, isLasting: true },
  { kind: "io", place: 0.6, isLasting: false },
  { kind: "read-only", place: 0.7, isLasting: true },
] as const;

it("loses no paid reply to a disk that fails in the middle of a run", { timeout: 300_000 }, async () => {
  const writes = await countWrites(temporaryFolder());
  expect(writes).toBeGreaterThan(30);
  const outcomes = [];
  for (const { kind, place, isLasting } of FAULTS) {
    const fault = { kind, at: Math.ceil(writes * place), isLasting, countFile: null };
    // Where nothing may be written, the emergency file cannot lie beside the database either.
    outcomes.push(await tryFault(temporaryFolder(), fault, kind === "read-only"));
  }
  expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
  expect(outcomes.map(({ status }) => status)).toEqual([5, 5, 5]);
});
