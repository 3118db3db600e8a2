// One model at several servers, through the whole engine: real requests to simulators, whose bills are the measure.
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import type { Settings } from "../../../../src/shared/settings.ts";
import { checkReport, openEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import type { SimulatorOptions } from "../../../support/providerSimulator/options.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const COUNT = 24;
const KEY = "simulator-key-0123456789";

/** Too long to share a request. */
function writeFiles(): string {
  const folder = temporaryFolder();
  for (let file = 0; file < COUNT; file++) {
    const functions = Array.from({ length: 160 }, (_, at) => {
      return `export function f${file}of${at}(value: number): number {\n  return send(value * ${at});\n}\n`;
    });
    fs.writeFileSync(path.join(folder, `file${file}.ts`), functions.join("\n"));
  }
  return folder;
}

/** `isGone`: nobody listens there any more. */
type Server = SimulatorOptions & { readonly isGone?: boolean };

/** A run over both servers, with the key that a simulator usually takes. */
async function review(folder: string, first: Server, second: Server, settings: Partial<Settings> = {}) {
  const one = await openSimulator({ deltaTokens: 256, ...first });
  const other = await openSimulator({ deltaTokens: 256, ...second });
  if (first.isGone) await one.stop();
  if (second.isGone) await other.stop();
  const engine = await openEngine({
    key: KEY,
    settings: {
      provider: "openai",
      model: one.model,
      baseUrl: one.url,
      endpoints: [other.url, `${one.url}/`],
      concurrency: 8,
      ...settings,
    },
  });
  const plan = await engine.estimate(requestFor(folder));
  expect([plan.endpoint, plan.otherEndpoints]).toEqual([new URL(one.url).origin, [new URL(other.url).origin]]);
  const report = await engine.run(requestFor(folder));
  checkReport(report);
  await Promise.all([one.whenIdle(), other.whenIdle()]);
  const bills = one.bill().usd + other.bill().usd;
  return { report, bills, one: one.requests.length, other: other.requests.length };
}

it("shares the work between both, and bills what both have billed", async () => {
  const { report, bills, one, other } = await review(writeFiles(), {}, {});
  expect(report.run.complete).toBe(true);
  expect(one + other).toBe(COUNT);
  expect(Math.min(one, other)).toBeGreaterThan(COUNT / 4);
  expect(report.cost.usd).toBeCloseTo(bills, 8);
  expect(report.cost.maybeBilledUsd).toBe(0);
});

it("finds the same as one server alone, and asks neither again", async () => {
  const folder = writeFiles();
  const storeFolder = temporaryFolder();
  const both = await review(folder, {}, {}, { storeFolder });
  const simulator = await openSimulator();
  const alone = { provider: "openai", model: simulator.model, baseUrl: simulator.url } as const;
  const again = await openEngine({ key: simulator.key!, settings: { ...alone, storeFolder } });
  const report = await again.run(requestFor(folder));
  expect(simulator.requests).toEqual([]);
  expect(report.findings.map(({ id }) => id)).toEqual(both.report.findings.map(({ id }) => id));
  const fresh = await openEngine({ key: simulator.key!, settings: alone });
  const other = await fresh.run(requestFor(folder));
  expect(other.findings.map(({ id }) => id)).toEqual(report.findings.map(({ id }) => id));
});

it.each([
  ["asks to wait for an hour", { faults: [{ fault: { kind: "http-error", status: 429, retryAfter: "3600" } }] }],
  ["refuses the key", { key: "another-key-0123456789" }],
  ["has an empty account", { faults: [{ fault: { kind: "quota" } }] }],
  ["accepts no connection", { isGone: true }],
] satisfies [string, Server][])("goes on with one server when the other %s", async (_name, broken) => {
  for (const [first, second] of [
    [broken, {}],
    [{}, broken],
  ] as const) {
    const { report, bills } = await review(writeFiles(), first, second);
    expect(report.run.complete).toBe(true);
    expect(report.coverage.reviewed).toBe(COUNT);
    expect(report.cost.usd).toBeCloseTo(bills, 8);
  }
});

it("ends with the first server's error when none can be asked", async () => {
  const { report, one, other } = await review(
    writeFiles(),
    { key: "another-key-0123456789" },
    { faults: [{ fault: { kind: "quota" } }] },
  );
  expect(report.run).toMatchObject({ stoppedBy: "error", error: { code: "invalid-key" } });
  expect(report.coverage.pending).toBe(COUNT);
  expect([one, other]).toEqual([1, 1]);
});
