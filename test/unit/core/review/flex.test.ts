import { describe, expect, it } from "vitest";
import type { Settings } from "../../../../src/shared/settings.ts";
import { checkReport, openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const FILES = { "a.ts": "export const a = 1;\n", "b.ts": "export const b = 2;\n" };
/** As OpenAI says that flex has no room. */
const NO_ROOM = {
  kind: "http-error",
  status: 429,
  retryAfterMs: 1,
  error: { message: "Resource unavailable.", code: "resource_unavailable", type: "resource_unavailable" },
} as const;

async function review(serviceTier: Settings["serviceTier"], faults: Parameters<typeof openSimulator>[0] = {}) {
  const simulator = await openSimulator({ replyTokens: 60, ...faults });
  const engine = await openModelEngine(simulator, { serviceTier, concurrency: 1 });
  const request = requestFor(temporaryFolder(FILES));
  const plan = await engine.estimate(request);
  const report = await engine.run(request);
  checkReport(report);
  const tiers = simulator.requests
    .filter(({ outcome }) => outcome === "completed")
    .map(({ body }) => (body as Record<string, unknown>)["service_tier"] ?? "default");
  return { simulator, plan, report, tiers };
}

describe("flex", () => {
  it("is asked for, quoted and billed at half price", async () => {
    const usual = await review("default");
    const flex = await review("flex");
    expect(usual.tiers).toEqual(["default", "default"]);
    expect(flex.tiers).toEqual(["flex", "flex"]);
    expect(flex.plan.quote.likelyUsd).toBeCloseTo(usual.plan.quote.likelyUsd / 2, 6);
    expect(flex.plan.quote.atMostUsd).toBeCloseTo(usual.plan.quote.atMostUsd / 2, 6);
    expect(flex.report.cost.usd).toBeCloseTo(flex.simulator.bill().usd, 6);
    expect(flex.report.cost.usd).toBeLessThan(usual.report.cost.usd * 0.75);
  });

  it("waits for room, and never takes another tier by itself", async () => {
    const { tiers, report, simulator } = await review("flex", { faults: [{ fault: NO_ROOM, times: 5 }] });
    expect(tiers).toEqual(["flex", "flex"]);
    expect(report.run.complete).toBe(true);
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 6);
  });

  it("goes back to the usual price after three refusals where that was allowed, and reserves that price", async () => {
    const usual = await review("default");
    // Three for each of two requests, in whatever order they come.
    const faults = [{ fault: NO_ROOM, times: 6 }];
    const { tiers, report, plan, simulator } = await review("flex-or-default", { faults });
    expect(tiers).toEqual(["default", "default"]);
    expect(plan.quote.atMostUsd).toBeCloseTo(usual.plan.quote.atMostUsd, 6);
    expect(plan.quote.likelyUsd).toBeCloseTo(usual.plan.quote.likelyUsd / 2, 6);
    expect(report.cost.usd).toBeCloseTo(simulator.bill().usd, 6);
  });

  it("is left out at once where a model does not have it", async () => {
    const refused = { kind: "http-error", status: 400, error: { message: "Flex is not available for this model." } };
    const faults = [{ fault: refused as never, times: 1 }];
    expect((await review("flex-or-default", { faults })).tiers.toSorted()).toEqual(["default", "flex"]);
  });
});
