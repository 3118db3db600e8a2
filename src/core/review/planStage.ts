/** The first step of a run: what is stored, what has to be sent, what is known already. */
import type { RunRequest } from "../engine.ts";
import { unlessAborted } from "../flow/unlessAborted.ts";
import { countPlan, type PlanCounts } from "./countPlan.ts";
import { parcelsOf, type Parcel } from "./parcels.ts";
import { planRun, type RunPlan } from "./planRun.ts";
import { estimatePlan, type Estimate } from "./quote.ts";
import { quoteTerms } from "./quoteTerms.ts";
import type { Reviewing } from "./reviewing.ts";
import type { Run } from "./run.ts";
import { readBaseline, type Baseline } from "./suppression/baseline.ts";
import { readIgnoreFile } from "./suppression/ignoreFile.ts";
import { createSuppress, type Suppress } from "./suppression/suppress.ts";
import { unitsToSend, type UnitJob } from "./unitsToSend.ts";

/** The plan with what follows from it. */
export interface Planned {
  readonly suppress: Suppress;
  readonly plan: RunPlan;
  readonly jobs: readonly UnitJob[];
  /** The jobs as they are sent. */
  readonly parcels: readonly Parcel[];
  readonly counts: PlanCounts;
  readonly estimate: Estimate;
}

/** What is stored and known, before anything is made of it. */
export type LookedUp = Pick<Planned, "plan" | "suppress">;

export async function lookUp(run: Run, request: RunRequest): Promise<LookedUp> {
  const { reviewing, phases, profiler } = run;
  const planning = profiler.begin("plan", run.span);
  const { cancel } = run.signals;
  // Before there is a plan: what it finds stored must not be erased under it.
  await noteStart(run);
  const [plan, suppress] = await Promise.all([
    planRun(repeatable(reviewing), request, cancel),
    loadSuppression(run, request, cancel),
  ]);
  const { snapshotMs, planMs } = plan.phases;
  const { outlineMs } = plan;
  phases.add("snapshot", snapshotMs);
  if (outlineMs > 0) phases.add("outline", outlineMs);
  phases.add("plan", planMs);
  profiler.end(planning);
  // They were measured in other threads: here it is known when they ended and how long they took.
  const planEndMs = reviewing.ports.clock.monotonicMs();
  const outlineEndMs = planEndMs - planMs;
  const snapshotEndMs = outlineEndMs - outlineMs;
  profiler.add("look at files", planning, snapshotEndMs - snapshotMs, snapshotEndMs);
  if (outlineMs > 0) profiler.add("outline files", planning, snapshotEndMs, outlineEndMs);
  profiler.add("make the plan", planning, outlineEndMs, planEndMs);
  return { plan, suppress };
}

/** From here to its end the store knows of it. */
export function noteStart({ id, reviewing, signals }: Run): Promise<void> {
  const { store, chosen, workspaceId: workspace, provider } = reviewing;
  return unlessAborted(store.startRun({ id, workspace, provider, model: chosen?.name ?? null }), signals.cancel);
}

/** Where nothing has changed since the last report, that is the answer; else the files are planned one by one. */
export function repeatable(reviewing: Reviewing): Reviewing {
  const { workspaceId: workspace, settings, planRequest } = reviewing;
  const { minimumSeverity } = settings;
  return {
    ...reviewing,
    planRequest: (request) => ({ ...planRequest(request), repeatable: { workspace, minimumSeverity } }),
  };
}

export function settlePlan(
  { reviewing, emit, meter }: Run,
  { plan, suppress }: LookedUp,
  { storedOnly }: RunRequest,
): Planned {
  const { chosen } = reviewing;
  const jobs = storedOnly ? [] : unitsToSend(plan.files);
  const parcels = parcelsOf(jobs, plan.contexts, reviewing);
  const counts = countPlan(plan, chosen !== null);
  const estimate = estimatePlan(parcels, plan, quoteTerms(reviewing));
  for (const file of plan.files)
    for (const unit of file.units)
      if (unit.review) meter.saved(unit.listPriceNano, unit.fromTeam ? "team" : unit.fromMemory ? "memory" : "disk");
  emit({ type: "snapshot", files: plan.files.length, skipped: counts.skipped });
  return { plan, suppress, jobs, parcels, counts, estimate };
}

/** What is known already; the repository's own say counts only where it is trusted. */
async function loadSuppression(run: Run, request: RunRequest, signal: AbortSignal): Promise<Suppress> {
  const { folders, trusted } = request;
  const dismissals = await unlessAborted(run.reviewing.store.dismissals({ folders, trusted }), signal);
  return createSuppress({ dismissals, folders, baselines: readBaselines(run, request), trusted });
}

/** Says what does not count of the repository's own say: each run does, also one that looks at no file. */
export function readBaselines({ emit }: Run, { folders, trusted }: RunRequest): readonly Baseline[] {
  if (!trusted) return [];
  const baselines = folders.map((folder) => readBaseline(folder.path));
  const ignoreFiles = folders.map((folder) => readIgnoreFile(folder.path));
  for (const { problem } of [...baselines, ...ignoreFiles]) {
    if (problem) emit({ type: "notice", level: "warning", message: problem });
  }
  return baselines;
}

/** Once the run is certain to begin: whoever reads it may say so to people. */
export function announcePlan({ reviewing, emit }: Run, { plan, jobs, counts, estimate }: Planned): void {
  const priceKnown = reviewing.chosen?.priceKnown ?? true;
  emit({ type: "plan", files: plan.files.length, ...counts, misses: jobs.length, quote: estimate.quote, priceKnown });
  if (plan.tools.length > 0) emit({ type: "tools", tools: plan.tools });
}
