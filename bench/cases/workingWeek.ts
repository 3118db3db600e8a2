/** A week's commits in a real repository, with a review by a model after each: what is sent, and what is known already. */
import { join } from "node:path";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { analyze } from "../analyzeCommand.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { dollars, percent } from "../formats.ts";
import { defineCase, type BenchRow, type Sample } from "../harness.ts";
import { createShareable, type Shareable } from "../repositories/shareable.ts";
import { DAYS, KINDS, WEEK, type Step } from "../week/weekPlan.ts";
import { createWeekRepository, type WeekRepository } from "../week/weekRepository.ts";
import { addRuns, countLookups, type WeekRun } from "../week/weekRun.ts";

/** Short, so that the case is: the figures that count do not depend on it. */
const firstTokenMs = 50;
const totalMs = 200;
/** Below this the caches are not worth their room: the case fails. */
const LEAST_HITS = 0.7;

interface Scope extends AsyncDisposable {
  readonly repository: WeekRepository;
  readonly simulator: Simulator;
  readonly shareable: Shareable;
  readonly store: string;
  readonly runs: { readonly step: Step; readonly run: WeekRun }[];
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const shareable = createShareable();
  const { gate } = shareable;
  const simulator = await createProviderSimulator({ firstTokenMs, totalMs, keepBodies: false, gate });
  const repository = createWeekRepository("a working week");
  return {
    repository,
    simulator,
    shareable,
    store: join(parent.path, "store"),
    runs: [],
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      repository.dispose();
      await parent[Symbol.asyncDispose]();
    },
  };
}

/** The provider has forgotten the prompts of the run before: there is more than half an hour between two commits. */
async function review({ repository, simulator, shareable, store }: Scope): Promise<WeekRun> {
  simulator.reset();
  shareable.reset();
  const { result, report } = await analyze({ folder: repository.folder, store, simulator });
  const { cached, reviewed } = report.coverage;
  const { usd, cachedInputTokens } = simulator.bill();
  return {
    wallMs: result.wallMs,
    files: cached + reviewed,
    cachedFiles: cached,
    requests: simulator.requests.length,
    ...countLookups(report),
    cachedTokens: cachedInputTokens,
    shareableTokens: shareable.tokens(),
    costUsd: usd,
  };
}

const firstReview: BenchRow<Scope> = {
  name: "the first review",
  measure: async (scope) => addRuns([await review(scope)]),
};

const dayRow = (day: Step["day"]): BenchRow<Scope> => ({
  name: day,
  async measure(scope) {
    scope.repository.startDay();
    const runs: WeekRun[] = [];
    for (const step of WEEK.filter((one) => one.day === day)) {
      await step.apply(scope.repository);
      const run = await review(scope);
      scope.runs.push({ step, run });
      runs.push(run);
    }
    return addRuns(runs);
  },
});

const kindRow = (kind: Step["kind"]): BenchRow<Scope> => ({
  name: kind,
  measure: async ({ runs }) => addRuns(runs.filter(({ step }) => step.kind === kind).map(({ run }) => run)),
});

const week: BenchRow<Scope> = {
  name: "the week",
  async measure({ runs }): Promise<Sample> {
    const sample = addRuns(runs.map(({ run }) => run));
    for (const key of ["reviewHits", "toolHits"] as const) {
      const share = sample.figures[key] ?? 0;
      if (share < LEAST_HITS) throw new Error(`${key} ${percent(share)}, less than ${percent(LEAST_HITS)}`);
    }
    return sample;
  },
};

export const workingWeek = defineCase<Scope>({
  name: "working-week",
  title: "A week's forty commits in RxJS, reviewed after each",
  conditions: `Provider on loopback: first token after ${firstTokenMs} ms, each reply in ${totalMs} ms, nothing left in its cache from the run before; times include process start`,
  baseline: "the first review",
  figures: [
    { key: "runs", heading: "runs", format: String },
    { key: "files", heading: "files", format: String },
    { key: "sent", heading: "sent", format: String, better: "less" },
    { key: "requests", heading: "requests", format: String, better: "less" },
    { key: "reviewHits", heading: "reviews known", format: percent, better: "more" },
    { key: "toolHits", heading: "lookups known", format: percent, better: "more" },
    { key: "ofShareable", heading: "cached of shareable", format: percent, better: "more" },
    { key: "costUsd", heading: "cost", format: dollars, better: "less" },
  ],
  openScope,
  rows: [firstReview, ...DAYS.map(dayRow), week, ...KINDS.map(kindRow)],
});
