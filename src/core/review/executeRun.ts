/** The carrying out of a plan: stored answers at once, the offline engine and the model side by side, then the report. */
import { randomUUID } from "node:crypto";
import type { Report } from "../../shared/report.ts";
import type { RunOptions, RunRequest } from "../engine.ts";
import { createCostMeter, fromNano } from "../profile/costMeter.ts";
import { createMemorySampler } from "../profile/memorySampler.ts";
import type { Plan } from "../store/store.ts";
import { buildReport } from "./buildReport.ts";
import { createEmitter } from "./emitter.ts";
import { createFileTracker } from "./fileTracker.ts";
import { countPlan } from "./countPlan.ts";
import type { ModelRunHandle, ModelRunOptions } from "./createModelRun.ts";
import { runOfflineStage } from "./offlineStage.ts";
import { createPhases } from "./phases.ts";
import { estimateCost, type Estimate } from "./quote.ts";
import type { Reviewing } from "./reviewing.ts";
import { createStopSignals, type StopSignals } from "./stopSignals.ts";
import { unitsToSend } from "./unitsToSend.ts";

const NOTHING: Estimate = { inputTokens: 0, outputTokens: 0, quote: { likelyUsd: 0, atMostUsd: 0 } };

/** @throws when no report can be made: the store fails before anything was reviewed */
export async function executeRun(reviewing: Reviewing, request: RunRequest, options: RunOptions): Promise<Report> {
  const { ports, settings, store, chosen } = reviewing;
  const { clock } = ports;
  const runId = randomUUID();
  const startedAt = new Date(clock.now()).toISOString();
  const startedMs = clock.monotonicMs();
  const emit = createEmitter(runId, clock, ports.logger, options.onEvent ? [options.onEvent] : []);
  const phases = createPhases(emit, () => clock.monotonicMs());
  const memory = createMemorySampler(() => clock.monotonicMs());
  const meter = createCostMeter();
  const signals = createStopSignals(options.signal);
  const budgetUsd = chosen ? settings.budgetUsd : null;

  emit({
    type: "run-start",
    startedAt,
    workspace: reviewing.workspaceName,
    provider: reviewing.provider,
    model: chosen?.model.name ?? null,
    budgetUsd,
  });
  const plan = await store.plan(reviewing.planRequest(request));
  phases.add("snapshot", plan.phases.snapshotMs);
  phases.add("plan", plan.phases.planMs);
  await store.startRun({ id: runId, workspace: reviewing.workspaceId, provider: reviewing.provider, model: chosen?.model.name ?? null });

  const tracker = createFileTracker({
    emit,
    monotonicMs: () => clock.monotonicMs(),
    model: chosen?.model.name ?? null,
    minimumSeverity: settings.minimumSeverity,
  });
  const jobs = unitsToSend(plan.files);
  const estimate = chosen ? estimateCost(jobs, plan.contexts, chosen.model.name, chosen.prices) : NOTHING;
  const counts = countPlan(plan, chosen !== null);
  emit({ type: "snapshot", files: plan.files.length, skipped: counts.skipped });
  emit({
    type: "plan",
    files: plan.files.length,
    skipped: counts.skipped,
    cachedFiles: counts.cachedFiles,
    pendingFiles: counts.pendingFiles,
    hits: counts.hits,
    misses: jobs.length,
    quote: estimate.quote,
    priceKnown: chosen?.priceKnown ?? true,
  });
  for (const file of plan.files) for (const unit of file.units) if (unit.review) meter.saved(unit.listPriceNano);

  const modelRun = await startModelRun({ runId, reviewing, chosen, plan, tracker, emit, meter, signals });
  tracker.open(plan.files);
  const onProgress = () => {
    const sample = memory.sample();
    if (sample) emit({ type: "memory", ...sample });
  };
  await runStages({ reviewing, plan, tracker, signals, phases, onProgress, modelRun, jobs });
  tracker.stop(pendingReason(signals));

  const report = buildReport({
    run: {
      id: runId,
      startedAt,
      durationMs: Math.round(clock.monotonicMs() - startedMs),
      provider: reviewing.provider,
      model: chosen?.model.name ?? null,
      recipe: reviewing.recipe ?? reviewing.offlineVersion,
    },
    stoppedBy: signals.stoppedBy,
    error: signals.error,
    ended: tracker.ended,
    usage: meter.usage(),
    cost: {
      usd: fromNano(meter.spentNano),
      savedUsd: fromNano(meter.savedNano),
      maybeBilledUsd: fromNano(meter.maybeNano),
      budgetUsd,
      quote: estimate.quote,
      unknown: meter.unknown,
    },
    cacheHits: { memory: 0, disk: counts.hits, team: 0, inFlight: modelRun?.inFlightHits() ?? 0, semantic: 0 },
    cacheMisses: counts.misses,
    latency: {
      requestMs: modelRun?.run.requestTime.percentiles() ?? NO_PERCENTILES,
      firstTokenMs: modelRun?.run.firstToken.percentiles() ?? NO_PERCENTILES,
      phases: phases.list,
    },
    memory: memory.totals(),
  });
  await saveReport(reviewing, report, plan, request, signals);
  emit({ type: "run-end", stoppedBy: signals.stoppedBy, error: signals.error, report });
  signals.dispose();
  return report;
}

/** The model's side of the house is loaded when a model was chosen. */
async function startModelRun(options: Omit<ModelRunOptions, "chosen"> & { chosen: Reviewing["chosen"] }): Promise<ModelRunHandle | undefined> {
  const { chosen } = options;
  if (!chosen) return undefined;
  const { createModelRun } = await import("./createModelRun.ts");
  return createModelRun({ ...options, chosen });
}

const NO_PERCENTILES = { p50: 0, p95: 0, p99: 0, max: 0 };

interface Stages {
  readonly reviewing: Reviewing;
  readonly plan: Plan;
  readonly tracker: ReturnType<typeof createFileTracker>;
  readonly signals: StopSignals;
  readonly phases: ReturnType<typeof createPhases>;
  readonly onProgress: () => void;
  readonly modelRun: ModelRunHandle | undefined;
  readonly jobs: ReturnType<typeof unitsToSend>;
}

/** Side by side: free findings do not wait for paid ones, nor the other way round. */
async function runStages(stages: Stages): Promise<void> {
  const { reviewing, plan, tracker, signals, phases, onProgress, modelRun, jobs } = stages;
  const { pool, store, settings, offlineVersion } = reviewing;
  const { useCache } = settings;
  const offline = phases
    .measure("offline", () =>
      runOfflineStage({ files: plan.files, pool, store, tracker, offlineVersion, useCache, signal: signals.cancel, onProgress }),
    )
    .catch(signals.stop);
  const model = modelRun
    ? phases.measure("review", () => modelRun.review(jobs))
    : Promise.resolve();
  await Promise.all([offline, model]);
}

async function saveReport(reviewing: Reviewing, report: Report, plan: Plan, request: RunRequest, signals: StopSignals): Promise<void> {
  const hashes: Record<string, string> = {};
  for (const file of plan.files) if (file.contentHash) hashes[file.path] = file.contentHash;
  try {
    await reviewing.store.saveReport(reviewing.workspaceId, report, hashes, request.only !== undefined);
    await reviewing.store.endRun(report.run.id, report.run.stoppedBy ?? (report.run.complete ? "complete" : "partial"));
  } catch (error) {
    // The reviews are stored one by one; what fails here is the copy that brings findings back after a reload.
    signals.stop(error);
    reviewing.ports.logger.error(`The report could not be saved: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function pendingReason(signals: Pick<StopSignals, "stoppedBy" | "error">): string {
  if (signals.stoppedBy === "budget") return "the budget was reached";
  if (signals.stoppedBy === "cancel") return "the run was cancelled";
  return signals.error?.message ?? "the run ended early";
}
