import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineThrough, valueAt } from "../../../bench/scale/linear.ts";
import { filesAtLimit } from "../../../bench/scale/limits.ts";
import { SIGNATURE_FAN_OUT } from "../../../bench/scale/measured.ts";
import { LANES, modelCosts } from "../../../bench/scale/modelCosts.ts";
import { offlineCosts } from "../../../bench/scale/offlineCosts.ts";
import { teamCosts, type Team } from "../../../bench/scale/teamCosts.ts";

const team: Team = {
  developers: 10,
  editsADay: 5,
  signatureShare: 0,
  looksADay: 2,
  keysARequest: 10,
  workingHours: 8,
};

describe("lineThrough", () => {
  it("gives back the two points it was drawn through", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 1, max: 1_000 }), (low, high, files) => {
        const line = lineThrough({ files, value: low }, { files: files * 3, value: high });
        expect(valueAt(line, files)).toBeCloseTo(low, 3);
        expect(valueAt(line, files * 3)).toBeCloseTo(high, 3);
      }),
    );
  });
});

describe("the model of large workspaces", () => {
  it("asks for more of everything the more files there are, and for less where nothing has changed", () => {
    const files = fc.integer({ min: 250, max: 10_000_000 });
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 1_000_000 }), (few, more) => {
        const [small, large] = [few, few + more].map((count) => offlineCosts(count, "cold"));
        expect(small!.cpuMs).toBeGreaterThan(0);
        expect(large!.cpuMs).toBeGreaterThan(small!.cpuMs);
        expect(large!.peakRssBytes).toBeGreaterThan(small!.peakRssBytes);
        expect(large!.storeBytes).toBeGreaterThan(small!.storeBytes);
        expect(offlineCosts(few, "unchanged").cpuMs).toBeLessThan(small!.cpuMs);
      }),
    );
  });

  it("fills the lanes: twice the files or the time of a reply take twice as long", () => {
    const one = modelCosts(1_000, 5_000);
    expect(one.providerMs).toBeCloseTo((one.requests * 5_000) / LANES, 3);
    expect(modelCosts(2_000, 5_000).providerMs).toBeCloseTo(2 * one.providerMs, 3);
    expect(modelCosts(1_000, 10_000).providerMs).toBeCloseTo(2 * one.providerMs, 3);
  });

  it("names the scarcest resource first, and its need there is the limit", () => {
    const limits = filesAtLimit(10_000);
    expect(limits.map(({ files }) => files)).toEqual(limits.map(({ files }) => files).toSorted((a, b) => a - b));
    const memory = limits.find(({ what }) => what === "memory, cold with a model")!;
    expect(modelCosts(memory.files, 1).peakRssBytes).toBeCloseTo(4 * 2 ** 30, -2);
  });
});

describe("a team store", () => {
  it("is asked for what became stale since the last look, so many keys at a time", () => {
    // 50 stale reviews a day, 25 a look, 3 requests of 10 keys; ten people, two looks each.
    const costs = teamCosts(team);
    expect(costs.staleADay).toBe(50);
    expect(costs.getsADay).toBe(60);
    expect(costs.aloneUsdADay).toBeCloseTo(10 * costs.sharedUsdADay, 10);
  });

  it("has more to do when signatures change: each makes its users' reviews stale", () => {
    expect(teamCosts({ ...team, signatureShare: 1 }).staleADay).toBeCloseTo(50 * SIGNATURE_FAN_OUT, 6);
  });
});
