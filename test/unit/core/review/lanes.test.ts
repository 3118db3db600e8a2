import { describe, expect, it } from "vitest";
import { createPriceBook } from "../../../../src/core/model/prices.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";
import { createProvider, startEngine, type Fate } from "../../../support/moneyWorld.ts";
import { fractionOf } from "../../../support/providerSimulator/random.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const UNITS = 1_000;
const LANES = 16;
const MEAN_MS = 4_000;

const OK: Fate = { kind: "ok", ms: MEAN_MS, outputTokens: 200, isCached: true, isBilled: true };

/** What a thousand requests with these fates come to, by a clock on which nothing but the provider takes time. */
async function reviewAll(fateOf: (at: number) => Fate) {
  // A write that is grouped with others takes a few turns of the event loop, and no time.
  const clock = createFakeClock(undefined, 8);
  const sent: { readonly startMs: number; readonly fate: Fate }[] = [];
  const provider = createProvider(clock, await createPriceBook({}), () => {
    const fate = fateOf(sent.length);
    sent.push({ startMs: clock.monotonicMs(), fate });
    return fate;
  });
  const engine = await startEngine({
    number: 0,
    folder: temporaryFolder(),
    clock,
    provider,
    prices: await createPriceBook({}),
    units: Array.from({ length: UNITS }, (_, at) => `unit${at}`),
    budgetUsd: null,
    dailyBudgetUsd: null,
    agreement: { usd: Infinity, ask: async () => null },
    concurrency: LANES,
    commitMs: 5,
  });
  const over = new AbortController();
  void engine.done.then(() => over.abort());
  while (!over.signal.aborted) {
    await clock.advance(2_000);
    await engine.heartbeat();
  }
  await engine.close();
  const times = sent.map(({ fate }) => fate.ms);
  const sumMs = times.reduce((sum, ms) => sum + ms, 0);
  const boundMs = Math.max(sumMs / LANES, ...times);
  const lastMs = sent.reduce((last, { startMs, fate }) => Math.max(last, startMs + fate.ms), 0);
  return { requests: sent.length, ofBound: (lastMs - sent[0]!.startMs) / boundMs, provider, engine };
}

describe("a thousand units", { timeout: 120_000 }, () => {
  // Units are sent longest first (unitsToSend.ts), and longer ones take longer in the mean: `rest` falls from 1 to 0. What
  // is long by chance alone, and comes last, no order can keep from trailing.
  it.each([
    ["uniform", (share: number) => MEAN_MS * (0.25 + 1.5 * share)],
    ["heavy tail", (share: number) => Math.min(15 * MEAN_MS, (MEAN_MS / 2) * (1 - share) ** -0.5)],
    ["exponential", (share: number, rest: number) => -MEAN_MS * (0.25 + 1.5 * rest) * Math.log(1 - share)],
    ["two kinds", (share: number, rest: number) => (share < 0.3 * rest ? MEAN_MS * 4 : MEAN_MS / 2)],
  ] as const)("fill their lanes: %s", async (name, msOf) => {
    const { requests, ofBound } = await reviewAll((at) => ({ ...OK, ms: msOf(fractionOf(name, at), 1 - at / UNITS) }));
    expect(requests).toBe(UNITS);
    expect(ofBound).toBeLessThanOrEqual(1.05);
  });

  it("cost at most 1.1 requests each where one in twenty fails, and none comes early", async () => {
    const kinds = ["rate-limited", "server-error", "cut"] as const;
    const { requests, provider, engine } = await reviewAll((at) =>
      fractionOf("fails", at) < 0.05 ? { ...OK, kind: kinds[at % 3]!, outputTokens: 3_000 } : OK,
    );
    expect(requests).toBeGreaterThan(UNITS * 1.02);
    expect(requests).toBeLessThanOrEqual(UNITS * 1.1);
    expect(provider.early).toBe(0);
    expect(engine.stoppedBy()).toBeNull();
  });

  it("come to one request where the account is empty", async () => {
    const { requests, engine } = await reviewAll(() => ({ ...OK, kind: "quota" }));
    expect(requests).toBe(1);
    expect(engine.stoppedBy()).toBe("error");
  });
});
