import { describe, expect, it } from "vitest";
import { runGit } from "../../support/gitRepository.ts";
import { DAYS, KINDS, WEEK } from "../../../bench/week/weekPlan.ts";
import { createWeekRepository } from "../../../bench/week/weekRepository.ts";
import { addRuns, type WeekRun } from "../../../bench/week/weekRun.ts";

const run = (over: Partial<WeekRun>): WeekRun => ({
  wallMs: 100,
  files: 10,
  cachedFiles: 9,
  requests: 1,
  lookups: 40,
  knownLookups: 30,
  cachedTokens: 0,
  shareableTokens: 0,
  costUsd: 0.01,
  ...over,
});

describe("runs of a week", () => {
  it("weigh by what they had to do, and have no share of nothing", () => {
    const { wallMs, figures } = addRuns([
      run({}),
      run({ files: 90, cachedFiles: 90, requests: 0, lookups: 0, knownLookups: 0 }),
    ]);
    expect(wallMs).toBe(200);
    expect(figures).toMatchObject({ runs: 2, files: 100, sent: 1, requests: 1, reviewHits: 0.99, toolHits: 0.75 });
    expect(figures["ofShareable"]).toBeNull();
  });

  it("are an error where there are none: a row would say 0 of what was never tried", () => {
    expect(() => addRuns([])).toThrow("no such run");
  });
});

describe("the plan of a week", () => {
  it("has eight runs a day and every kind of change", () => {
    for (const day of DAYS) expect(WEEK.filter((step) => step.day === day)).toHaveLength(8);
    expect(new Set(WEEK.map((step) => step.kind))).toEqual(new Set(KINDS));
  });

  async function monday(seed: string): Promise<readonly string[]> {
    const repository = createWeekRepository(seed);
    try {
      const trees: string[] = [];
      for (const step of WEEK.filter(({ day }) => day === "Monday")) {
        await step.apply(repository);
        trees.push(runGit(repository.folder, "rev-parse", "HEAD^{tree}").trim());
      }
      expect(runGit(repository.folder, "status", "--porcelain")).toBe("");
      return trees;
    } finally {
      repository.dispose();
    }
  }

  it("does the same work for the same seed, and changes something with every commit", async () => {
    const trees = await monday("one");
    expect(new Set(trees).size).toBe(8);
    expect(await monday("one")).toEqual(trees);
    expect((await monday("another"))[0]).not.toBe(trees[0]);
  }, 60_000);
});
