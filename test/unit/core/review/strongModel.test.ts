import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { checkReport, openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const EMPTY = JSON.stringify({ summary: "Fine.", findings: [] });

function workspace(): string {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "plain.ts"), "export const add = (a: number, b: number) => a + b;\n");
  const hashing = 'import { createHash } from "node:crypto";\nexport const hash = () => createHash("sha256");\n';
  fs.writeFileSync(path.join(folder, "hashing.ts"), hashing);
  const nested = `${"if (x > 0) {\n".repeat(8)}x--;\n${"}\n".repeat(8)}`;
  fs.writeFileSync(path.join(folder, "nested.py"), "def f(x):\n    return x\n");
  fs.writeFileSync(path.join(folder, "nested.ts"), `export function f(x: number) {\n${nested}return x;\n}\n`);
  return folder;
}

it("reviews what is complex or sensitive with the strong model, says why, and re-reviews nothing else for it", async () => {
  const simulator = await openSimulator({ reply: () => EMPTY });
  const folder = workspace();
  const storeFolder = temporaryFolder();
  const modelsAsked = () => simulator.requests.map(({ model }) => model).toSorted();
  const usual = await openModelEngine(simulator, { storeFolder });
  await usual.run(requestFor(folder));
  await usual.dispose();
  expect(modelsAsked()).toEqual(["gpt-5-mini", "gpt-5-mini", "gpt-5-mini", "gpt-5-mini"]);

  const engine = await openModelEngine(simulator, { storeFolder, strongModel: "gpt-5" });
  const plan = await engine.estimate(requestFor(folder));
  expect(plan.strong).toEqual({ model: "gpt-5", files: 2 });
  expect(plan.pending.map(({ path: file, reason }) => [file, reason]).toSorted()).toEqual([
    ["hashing.ts", "model switched from gpt-5-mini"],
    ["nested.ts", "model switched from gpt-5-mini"],
  ]);
  const report = await engine.run(requestFor(folder));
  checkReport(report);
  expect(modelsAsked().filter((model) => model === "gpt-5")).toHaveLength(2);
  expect(simulator.requests).toHaveLength(6);
  const reviewers = report.files.map(({ path: file, model, modelReason }) => [file, model, modelReason]);
  expect(reviewers).toEqual([
    ["hashing.ts", "gpt-5", "touches crypto"],
    ["nested.py", "gpt-5-mini", undefined],
    ["nested.ts", "gpt-5", "complex: cognitive 36"],
    ["plain.ts", "gpt-5-mini", undefined],
  ]);
  expect(report.cost.usd).toBeLessThanOrEqual(report.cost.quote.atMostUsd);
  expect((await engine.run(requestFor(folder))).usage.requests).toBe(0);
});
