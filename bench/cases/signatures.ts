/** What a request carries of other files, beside those files, and what it takes to know it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAnalysisPool } from "../../src/core/offline/analysisPool.ts";
import { planRun } from "../../src/core/review/planRun.ts";
import { startStore } from "../../src/core/store/storeClient.ts";
import type { Plan, PlanRequest } from "../../src/core/store/plan.ts";
import type { Store } from "../../src/core/store/store.ts";
import { createSystemPorts } from "../../src/core/systemPorts.ts";
import { outlineVersion } from "../../src/core/workspace/outline/outlineVersion.ts";
import { DEFAULT_SETTINGS } from "../../src/shared/settings.ts";
import { copyCorpus, type CorpusName } from "../../test/support/corpus.ts";
import { defineCase, type BenchRow, type Sample } from "../harness.ts";

const repositories: readonly CorpusName[] = ["rxjs", "node-gyp", "three"];

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

interface Scope extends AsyncDisposable {
  readonly store: Store;
  readonly pool: ReturnType<typeof createAnalysisPool>;
  readonly folders: ReadonlyMap<CorpusName, string>;
}

async function openScope(): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const copies = new Map(repositories.map((name) => [name, copyCorpus(name, { git: true })]));
  const store = startStore({ folder: join(parent, "store"), ownerId: "bench" });
  await store.open();
  const pool = createAnalysisPool({ logger: quiet });
  return {
    store,
    pool,
    folders: new Map([...copies].map(([name, { folder }]) => [name, folder])),
    async [Symbol.asyncDispose]() {
      await Promise.all([store.close(), pool.dispose()]);
      for (const copy of copies.values()) copy.remove();
      await rm(parent, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function measure({ store, pool, folders }: Scope, name: CorpusName): Promise<Sample> {
  const ports = createSystemPorts({ secrets: { apiKey: async () => undefined }, logger: quiet });
  const request = { folders: [{ path: folders.get(name)!, prefix: "" }], trusted: true };
  const planRequest = (): PlanRequest => ({
    ...request,
    only: null,
    under: null,
    since: null,
    include: DEFAULT_SETTINGS.include,
    exclude: DEFAULT_SETTINGS.exclude,
    maxFileKb: DEFAULT_SETTINGS.maxFileKb,
    refuterRecipe: null,
    recipe: "bench",
    model: "bench",
    strong: null,
    offlineVersion: "bench",
    outlineVersion: outlineVersion(),
    withoutMissing: false,
    useCache: true,
  });
  const startedMs = performance.now();
  const plan = await planRun({ store, pool, planRequest, ports }, request);
  const wallMs = performance.now() - startedMs;
  return { wallMs, figures: { outlineMs: plan.outlineMs, planMs: plan.phases.planMs, ...sizesOf(plan) } };
}

/** For each unit its signatures beside the whole files that they come from. */
function sizesOf({ files }: Plan) {
  const sizes = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes]));
  let own = 0;
  let signatures = 0;
  let whole = 0;
  let users = 0;
  for (const { units, sizeBytes } of files) {
    const [unit] = units;
    if (!unit) continue;
    own += sizeBytes;
    const text = unit.signatures?.text ?? "";
    if (text === "") continue;
    users++;
    signatures += text.length;
    for (const path of new Set(unit.signatures!.symbols.map((one) => one.path))) whole += sizes.get(path) ?? 0;
  }
  return {
    units: files.filter((file) => file.units.length > 0).length,
    users,
    share: signatures / whole,
    added: signatures / own,
  };
}

const rows = repositories.flatMap((name): BenchRow<Scope>[] => [
  { name, measure: (scope) => measure(scope, name) },
  { name: `${name}, again`, measure: (scope) => measure(scope, name) },
]);

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const milliseconds = (value: number) => `${Math.round(value)} ms`;

export const signatures = defineCase<Scope>({
  name: "signatures",
  title: "What a request carries of other files",
  conditions: "Plans for a model; rxjs is TypeScript, node-gyp Python, three JavaScript; nothing is sent",
  baseline: "rxjs",
  figures: [
    { key: "units", heading: "files", format: String },
    { key: "users", heading: "with signatures", format: String },
    { key: "share", heading: "of the files they are from", format: percent },
    { key: "added", heading: "of the reviewed source", format: percent },
    { key: "outlineMs", heading: "outlines", format: milliseconds },
    { key: "planMs", heading: "plan", format: milliseconds },
  ],
  openScope,
  rows,
});
