import { expect, test } from "vitest";
import { createEngine } from "../../../src/core/engineFactory.ts";
import { commandLine } from "../../support/commandLine.ts";
import { openSimulator } from "../../support/engineFixture.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const HOUR_MS = 3_600_000;

test(
  "a night on the command line: submitted, looked at, collected, and reported for nothing",
  { timeout: 90_000 },
  async () => {
    let nowMs = 0;
    const simulator = await openSimulator({ monotonicMs: () => nowMs, batchRequestMs: HOUR_MS });
    const folder = temporaryFolder({ "a.ts": "export const a = 1;\n", "b.ts": "export const b = 2;\n" });
    const cache = ["--cache-dir", temporaryFolder()];
    const model = ["--provider", "openai", "--model", "gpt-5-mini", "--base-url", simulator.url];
    const call = async (...argv: string[]) => {
      const line = commandLine({ createEngine, env: { ONCEOVER_API_KEY: simulator.key } });
      const status = await line.run(...argv, ...cache);
      return { status, out: line.out(), err: line.err() };
    };
    const at = ["--base-url", simulator.url];

    expect(await call("overnight")).toMatchObject({ status: 0, out: "Nothing was submitted overnight.\n" });
    const plan = await call("analyze", folder, ...model, "--overnight", "--estimate", "--format", "json");
    expect(JSON.parse(plan.out)).toMatchObject({ misses: 2, overnight: true });
    expect(simulator.batchCalls).toEqual([]);

    const submitted = await call("analyze", folder, ...model, "--overnight");
    expect(submitted).toMatchObject({ status: 0, err: "" });
    expect(submitted.out).toContain(`Submitted 2 reviews to gpt-5-mini at ${simulator.origin}, in 1 batch.`);
    expect(submitted.out).toMatch(/at most \$0\.\d+, half the usual price/);
    expect(submitted.out).toContain("onceover overnight collect");

    const report = await call("analyze", folder, ...model, "--format", "json", "--quiet");
    expect(report.status).toBe(3);
    expect(JSON.parse(report.out)).toMatchObject({ coverage: { pending: 2 }, cost: { usd: 0 } });

    const early = await call("overnight", "collect", ...at);
    expect(early).toMatchObject({ status: 3 });
    expect(early.out).toMatch(/0 reviews collected for \$0\S* · 2 outstanding/);
    expect((await call("overnight", "status")).out).toContain("0 of 2 done (in_progress)");

    // Without its address the key stays where it is.
    const keyless = commandLine({ createEngine, env: { ONCEOVER_API_KEY: simulator.key } });
    const callsBefore = simulator.batchCalls.length;
    expect(await keyless.run("overnight", "collect", ...cache)).toBe(3);
    expect(simulator.batchCalls).toHaveLength(callsBefore);

    nowMs += 3 * HOUR_MS;
    const collected = await call("overnight", "collect", ...at, "--format", "json");
    expect(collected.status).toBe(0);
    expect(JSON.parse(collected.out)).toMatchObject({
      schema: "onceover.overnight-collection/1",
      reviewed: 2,
      outstanding: 0,
      costUsd: expect.closeTo(simulator.bill().usd, 6),
    });
    expect((await call("overnight")).out).toContain("2 reviewed");
    // What is collected has had no second look yet, which is not what is tried here.
    const again = await call("analyze", folder, ...model, "--no-refute", "--format", "json", "--quiet");
    expect(JSON.parse(again.out)).toMatchObject({ coverage: { cached: 2 }, cost: { usd: 0 }, run: { complete: true } });
    expect(again.status).toBe(0);

    const nothing = await call("analyze", folder, ...model, "--overnight");
    expect(nothing).toMatchObject({ status: 0, out: "Nothing was submitted.\n" });
  },
);

test("what the budget has no room for is said, and ends with the status of a budget", async () => {
  const simulator = await openSimulator();
  const folder = temporaryFolder({ "a.ts": "export const a = 1;\n" });
  const line = commandLine({ createEngine, env: { ONCEOVER_API_KEY: simulator.key } });
  const model = ["--provider", "openai", "--model", "gpt-5-mini", "--base-url", simulator.url];
  const rest = ["--overnight", "--budget", "0.0001", "--cache-dir", temporaryFolder()];
  expect(await line.run("analyze", folder, ...model, ...rest)).toBe(4);
  expect(line.out()).toContain("1 part left out: the budget has no room");
  expect(simulator.batchCalls).toEqual([]);
});
