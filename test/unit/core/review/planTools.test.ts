import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { planTools } from "../../../../src/core/review/planTools.ts";
import type { RunEvent } from "../../../../src/shared/events.ts";
import type { Report } from "../../../../src/shared/report.ts";
import { openModelEngine, openSimulator, requestFor, runWithEvents } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const nothing = { calls: 0, made: 0, failures: 0, ms: 0 };

it("adds up the rounds of a plan: what was read in the first, what is complete in the last", () => {
  const read = { calls: 9, made: 4, failures: 1, ms: 30.4 };
  const rounds = [
    { contents: read, signatures: { calls: 7, made: 7, failures: 0, ms: 2 }, outlines: 1 },
    { contents: { ...read, made: 0 }, signatures: { calls: 7, made: 5, failures: 0, ms: 3 }, outlines: 6 },
  ];
  expect(planTools(rounds, { made: 5, failures: 2, ms: 100 })).toEqual([
    { name: "contents", calls: 9, hits: 5, failures: 1, ms: 30 },
    { name: "outline", calls: 6, hits: 1, failures: 2, ms: 100 },
    { name: "signatures", calls: 7, hits: 2, failures: 0, ms: 5 },
  ]);
});

it("leaves out what was not asked for", () => {
  expect(planTools([], { made: 0, failures: 0, ms: 0 })).toEqual([]);
  const round = { contents: { ...nothing, calls: 1 }, signatures: nothing, outlines: 0 };
  expect(planTools([round], { made: 0, failures: 0, ms: 0 }).map(({ name }) => name)).toEqual(["contents"]);
});

/** By name: calls and hits. */
function counts({ tools = [] }: Pick<Report, "tools">) {
  return Object.fromEntries(tools.map(({ name, calls, hits }) => [name, [calls, hits]]));
}

it("counts what a review has looked up, and what of it was known: none, all, and what an edit leaves", async () => {
  const simulator = await openSimulator();
  const folder = temporaryFolder();
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  write("price.ts", "export function price(cents: number): string {\n  return `${cents}`;\n}\n");
  write("shop.ts", 'import { price } from "./price.ts";\nexport const label = () => price(100);\n');
  const engine = await openModelEngine(simulator, { budgetUsd: null });
  const first = await runWithEvents(engine, requestFor(folder));
  expect(counts(first.report)).toEqual({ contents: [2, 0], outline: [2, 0], signatures: [2, 0], analysis: [2, 0] });
  expect(toldTools(first.events)).toEqual(first.report.tools!.slice(0, 3));

  write("shop.ts", 'import { price } from "./price.ts";\nexport const label = () => price(200);\n');
  const second = await runWithEvents(engine, requestFor(folder));
  // What a file holds that has only just been written is read again, so that it is not said of the contents.
  expect(counts(second.report)).toMatchObject({ signatures: [2, 1], analysis: [2, 1] });
  const [calls, hits] = counts(second.report)["outline"]!;
  expect(calls! - hits!).toBe(1);

  const offline = await engine.run({ ...requestFor(folder), trusted: false });
  expect(counts(offline)["signatures"]).toBeUndefined();
});

function toldTools(events: readonly RunEvent[]) {
  const told = events.filter((event) => event.type === "tools");
  expect(told).toHaveLength(1);
  return told[0]!.tools;
}
