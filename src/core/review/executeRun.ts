/** The carrying out of a plan: stored answers at once, the offline engine and the model side by side, then the report. */
import { randomUUID } from "node:crypto";
import type { Report } from "../../shared/report.ts";
import type { RunOptions, RunRequest } from "../engine.ts";
import { createCostMeter, fromNano, type CostMeter } from "../profile/costMeter.ts";
import { createMemorySampler, type MemorySampler } from "../profile/memorySampler.ts";
import { noProfiler, type Profiler, type SpanId } from "../profile/profiler.ts";
import type { Plan, ReportScope } from "../store/store.ts";
import { createDailyWall, type DailyWall } from "../flow/dailyWall.ts";
import { unlessAborted } from "../flow/unlessAborted.ts";
import { buildReport } from "./buildReport.ts";
import { countPlan, type PlanCounts } from "./countPlan.ts";
import type { ModelRunHandle } from "./createModelRun.ts";
import { createEmitter, type Emit } from "./emitter.ts";
import { createFileTracker, type FileTracker } from "./fileTracker.ts";
import { runOfflineStage } from "./offlineStage.ts";
import { createPhases, type Phases } from "./phases.ts";
import { redactContexts } from "./redactContexts.ts";
import { planRun } from "./planRun.ts";
import { estimatePlan, type Estimate } from "./quote.ts";
import { dailyLimitOf, type Reviewing } from "./reviewing.ts";
import { createStopSignals, type StopSignals } from "./stopSignals.ts";
import { readBaseline } from "./suppression/baseline.ts";
import { createSuppress, type Suppress } from "./suppression/suppress.ts";
import { unitsToSend, type UnitJob } from "./unitsToSend.ts";

/** What the steps of one run share. */
interface Run {
  readonly id: string;
  readonly startedAt: string;
  readonly startedMs: number;
  readonly reviewing: Reviewing;
  readonly emit: Emit;
  readonly phases: Phases;
  readonly memory: MemorySampler;
  readonly meter: CostMeter;
  readonly signals: StopSignals;
  readonly tracker: FileTracker;
  readonly profiler: Profiler;
  /** Of the run as a whole. */
  readonly span: SpanId;
  readonly daily: DailyWall;
}

/** The plan with what follows from it. */
interface Planned {
  readonly suppress: Suppress;
  readonly plan: Plan;
  readonly jobs: readonly UnitJob[];
  readonly counts: PlanCounts;
  readonly estimate: Estimate;
}

/** @throws when no report can be made: no key, cancelled before there was a plan, or the store fails by then */
export async function executeRun(reviewing: Reviewing, request: RunRequest, options: RunOptions): Promise<Report> {
  const run = startRun(reviewing, options);
  try {
    const planned = await makePlan(run, request);
    const modelRun = await startModelRun(run, planned);
    announcePlan(run, planned);
    // The first request does not wait for it.
    void noteDay(run);
    try {
      await runStages(run, planned, modelRun);
    } finally {
      await modelRun?.close();
    }
    run.tracker.stop(pendingReason(run.signals));
    await noteDay(run);
    const report = reportOf(run, request, planned, modelRun);
    const saving = run.profiler.begin("report", run.span);
    await saveReport(run, report, planned.plan, request);
    run.profiler.end(saving);
    run.emit({ type: "run-end", stoppedBy: run.signals.stoppedBy, error: run.signals.error, report });
    return report;
  } catch (error) {
    // Without a report it is over all the same. Nobody waits for the note: whoever cancelled a run that is behind
    // another process's lock would wait for that lock. What keeps it from being written is told by the error itself.
    reviewing.store.endRun(run.id, "error").catch(() => {});
    throw error;
  } finally {
    run.profiler.end(run.span);
    run.signals.dispose();
  }
}

function startRun(reviewing: Reviewing, options: RunOptions): Run {
  const { ports, settings, chosen } = reviewing;
  const { profiler = noProfiler } = options;
  const monotonicMs = () => ports.clock.monotonicMs();
  const id = randomUUID();
  const emit = createEmitter(id, ports.clock, ports.logger, options.onEvent ? [options.onEvent] : []);
  const model = chosen?.name ?? null;
  const startedAt = new Date(ports.clock.now()).toISOString();
  const { workspaceName: workspace, provider } = reviewing;
  emit({ type: "run-start", startedAt, workspace, provider, model, budgetUsd: budgetOf(reviewing) });
  return {
    id,
    startedAt,
    startedMs: monotonicMs(),
    reviewing,
    emit,
    phases: createPhases(emit, monotonicMs),
    memory: createMemorySampler(monotonicMs),
    meter: createCostMeter(),
    signals: createStopSignals(options.signal),
    tracker: createFileTracker({ emit, monotonicMs, model, minimumSeverity: settings.minimumSeverity }),
    profiler,
    span: profiler.begin("run"),
    daily: createDailyWall({
      limitUsd: dailyLimitOf(reviewing),
      clock: ports.clock,
      onChange: (state) => emit({ type: "daily-budget", level: "plain", ...state }),
      onWarning: (state) => emit({ type: "daily-budget", level: "warning", ...state }),
    }),
  };
}

/** Only what a provider could bill has a wall. */
function budgetOf({ chosen, settings }: Reviewing): number | null {
  return chosen ? settings.budgetUsd : null;
}

async function makePlan(run: Run, request: RunRequest): Promise<Planned> {
  const { reviewing, emit, meter, phases, profiler } = run;
  const planning = profiler.begin("plan", run.span);
  const { store, chosen, workspaceId: workspace, provider } = reviewing;
  const { cancel } = run.signals;
  // Before there is a plan: what it finds stored must not be erased under it.
  await unlessAborted(store.startRun({ id: run.id, workspace, provider, model: chosen?.name ?? null }), cancel);
  const [plan, suppress] = await Promise.all([
    planRun(reviewing, request, cancel),
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
  const jobs = unitsToSend(plan.files);
  const counts = countPlan(plan, chosen !== null);
  const estimate = estimatePlan(jobs, plan, chosen);
  for (const file of plan.files) for (const unit of file.units) if (unit.review) meter.saved(unit.listPriceNano);
  emit({ type: "snapshot", files: plan.files.length, skipped: counts.skipped });
  return { plan, suppress, jobs, counts, estimate };
}

/** What is known already; the repository's own say counts only where it is trusted. */
async function loadSuppression({ reviewing, emit }: Run, request: RunRequest, signal: AbortSignal): Promise<Suppress> {
  const { folders, trusted } = request;
  const dismissals = await unlessAborted(reviewing.store.dismissals(folders), signal);
  const baselines = trusted ? folders.map((folder) => readBaseline(folder.path)) : [];
  for (const { problem } of baselines) if (problem) emit({ type: "notice", level: "warning", message: problem });
  return createSuppress({ dismissals, folders, baselines, trusted });
}

/** Once the run is certain to begin: whoever reads it may say so to people. */
function announcePlan({ reviewing, emit }: Run, { plan, jobs, counts, estimate }: Planned): void {
  const priceKnown = reviewing.chosen?.priceKnown ?? true;
  emit({ type: "plan", files: plan.files.length, ...counts, misses: jobs.length, quote: estimate.quote, priceKnown });
}

/** How the daily budget stands is worth showing, and not worth failing for. */
async function noteDay({ reviewing, daily }: Run): Promise<void> {
  if (daily.limitNano === null) return;
  await reviewing.store.spentToday().then(daily.note, () => {});
}

/** The model's side of the house is loaded when there is something to send; what is stored needs no key. */
async function startModelRun(run: Run, { plan, jobs }: Planned): Promise<ModelRunHandle | undefined> {
  const { reviewing, tracker, emit, meter, signals, profiler, daily } = run;
  const { chosen } = reviewing;
  if (!chosen || jobs.length === 0) return undefined;
  const opening = profiler.begin("open the model", run.span);
  // Threads and the provider's library take their time to load: all at once.
  reviewing.pool.warmUp();
  const [contexts, { createModelRun }] = await Promise.all([
    redactContexts(plan.contexts, reviewing.pool, signals.cancel),
    import("./createModelRun.ts"),
  ]);
  const model = await chosen.open();
  profiler.end(opening);
  return createModelRun({
    runId: run.id,
    reviewing,
    chosen,
    model,
    contexts,
    jobs,
    tracker,
    emit,
    meter,
    signals,
    profiler,
    daily,
  });
}

/** A provider that thinks for long, or asks to wait, must not keep the free findings back. */
const HEAD_START_MS = 2_000;

/** Side by side: free findings do not wait for paid ones, nor the other way round. */
async function runStages(run: Run, { plan, suppress }: Planned, modelRun: ModelRunHandle | undefined): Promise<void> {
  const { reviewing, tracker, signals, phases, memory, emit, profiler, span } = run;
  const { pool, store, settings, offlineVersion, userRules } = reviewing;
  const said = new Set<string>();
  const onNotice = (message: string) => {
    if (!said.has(message)) reviewing.ports.logger.warn(message);
    said.add(message);
  };
  const onProgress = () => {
    const sample = memory.sample();
    if (sample) emit({ type: "memory", ...sample });
  };
  tracker.open(plan.files, suppress);
  modelRun?.run.emitMoney();
  const { useCache } = settings;
  const stage = {
    plan,
    pool,
    store,
    tracker,
    offlineVersion,
    userRules,
    onNotice,
    useCache,
    signal: signals.cancel,
    onProgress,
    profiler,
  };
  const reviewSpan = modelRun ? profiler.begin("review", span) : 0;
  const review =
    modelRun && phases.measure("review", () => modelRun.review(reviewSpan)).finally(() => profiler.end(reviewSpan));
  // The analysis has time while the provider works; what leads to the first finding has not.
  if (modelRun) await Promise.race([modelRun.underWay, reviewing.ports.clock.sleep(HEAD_START_MS)]);
  const offlineSpan = profiler.begin("offline analysis", span);
  const offline = phases
    .measure("offline", () => runOfflineStage(stage, offlineSpan))
    .finally(() => profiler.end(offlineSpan));
  await Promise.all([offline.catch(signals.stop), review]);
}

function pendingReason(signals: StopSignals): string {
  if (signals.stoppedBy === "budget") return "the budget was reached";
  if (signals.stoppedBy === "cancel") return "the run was cancelled";
  return signals.error?.message ?? "the run ended early";
}

const NO_PERCENTILES = { p50: 0, p95: 0, p99: 0, max: 0 };

function reportOf(
  run: Run,
  { since }: RunRequest,
  { counts, estimate }: Planned,
  modelRun: ModelRunHandle | undefined,
): Report {
  const { reviewing, meter, signals, phases } = run;
  const { clock } = reviewing.ports;
  return buildReport({
    run: {
      id: run.id,
      startedAt: run.startedAt,
      durationMs: Math.round(clock.monotonicMs() - run.startedMs),
      provider: reviewing.provider,
      model: reviewing.chosen?.name ?? null,
      recipe: reviewing.recipe ?? reviewing.offlineVersion,
      ...(since === undefined ? {} : { since }),
    },
    stoppedBy: signals.stoppedBy,
    error: signals.error,
    ended: run.tracker.ended,
    usage: meter.usage(),
    cost: {
      usd: fromNano(meter.spentNano),
      savedUsd: fromNano(meter.savedNano),
      maybeBilledUsd: fromNano(meter.maybeNano),
      budgetUsd: budgetOf(reviewing),
      quote: estimate.quote,
      unknown: meter.unknown,
      ...(run.daily.state && { daily: run.daily.state }),
    },
    cacheHits: { memory: 0, disk: counts.hits, team: 0, inFlight: modelRun?.inFlightHits() ?? 0, semantic: 0 },
    cacheMisses: counts.misses,
    latency: {
      requestMs: modelRun?.run.requestTime.percentiles() ?? NO_PERCENTILES,
      firstTokenMs: modelRun?.run.firstToken.percentiles() ?? NO_PERCENTILES,
      phases: phases.list,
    },
    memory: run.memory.totals(),
  });
}

function scopeOf({ only, under, since, onSave }: RunRequest): ReportScope {
  if (onSave !== undefined) return "on-save";
  return only !== undefined || under !== undefined || since !== undefined ? "some-files" : "workspace";
}

async function saveReport(
  { reviewing, signals, tracker }: Run,
  report: Report,
  plan: Plan,
  request: RunRequest,
): Promise<void> {
  const { store, workspaceId, ports } = reviewing;
  const hashes: Record<string, string> = {};
  for (const file of plan.files) if (file.contentHash) hashes[file.path] = file.contentHash;
  const hidden = [...tracker.ended.values()].flatMap((file) => file.hidden);
  const dismissed = hidden.filter(({ by }) => by === "dismissed").map(({ finding }) => finding);
  try {
    await store.saveReport(workspaceId, { report, hashes, dismissed }, scopeOf(request), request.folders);
    await store.endRun(report.run.id, report.run.stoppedBy ?? (report.run.complete ? "complete" : "partial"));
  } catch (error) {
    // The reviews are stored one by one; what fails here is the copy that brings findings back after a reload.
    signals.stop(error);
    ports.logger.error(`The report could not be saved: ${error instanceof Error ? error.message : String(error)}`);
  }
}
