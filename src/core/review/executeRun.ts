/** The carrying out of a plan: stored answers at once, the offline engine and the model side by side, then the report. */
import type { Report } from "../../shared/report.ts";
import type { HeldReport, RunOptions, RunRequest } from "../engine.ts";
import type { ModelRunHandle } from "./createModelRun.ts";
import { pendingReason, reportOf, saveReport } from "./finishRun.ts";
import { agreeOn, type LiveAgreement } from "./agreement.ts";
import { unlessAborted } from "../flow/unlessAborted.ts";
import { runOfflineStage } from "./offlineStage.ts";
import { announcePlan, lookUp, noteStart, readBaselines, repeatable, settlePlan, type Planned } from "./planStage.ts";
import { redactContexts } from "./redactContexts.ts";
import { repeatReport, repeatSaved } from "./repeatReport.ts";
import type { Reviewing } from "./reviewing.ts";
import { startRun, type Run } from "./run.ts";

/** @throws when no report can be made: no key, cancelled before there was a plan, or the store fails by then */
export function executeRun(reviewing: Reviewing, request: RunRequest, options: RunOptions): Promise<Report> {
  return withRun(reviewing, options, async (run) => {
    const found = await lookUp(run, request);
    if (found.plan.unchanged) {
      await noteDay(run);
      return repeatSaved(run, found.plan.unchanged);
    }
    const planned = settlePlan(run, found, request);
    const agreement = agreeOn(run, planned, options);
    const modelRun = await startModelRun(run, planned, agreement);
    announcePlan(run, planned);
    // The first request does not wait for it.
    void noteDay(run);
    try {
      await runStages(run, planned, modelRun);
    } finally {
      await modelRun?.close();
    }
    run.tracker.stop(pendingReason(run.signals, request.storedOnly));
    await noteDay(run);
    const report = reportOf(run, request, planned, modelRun, agreement.atMostUsd);
    const saving = run.profiler.begin("report", run.span);
    await saveReport(run, report, planned.plan, request);
    run.profiler.end(saving);
    run.emit({ type: "run-end", stoppedBy: run.signals.stoppedBy, error: run.signals.error, report });
    return report;
  });
}

/**
 * A run about files of which none has changed since the caller was told that report; they are not looked at.
 * @returns null: the report does not hold for another reason, and nothing was begun
 */
export async function repeatRun(
  reviewing: Reviewing,
  request: RunRequest,
  held: HeldReport,
  options: RunOptions,
): Promise<Report | null> {
  const { store } = reviewing;
  const asked = repeatable(reviewing).planRequest(request);
  if (!(await unlessAborted(store.holds(asked, held.report.run.id), options.signal))) return null;
  return withRun(reviewing, options, async (run) => {
    await noteStart(run);
    readBaselines(run, request);
    await noteDay(run);
    return repeatReport(run, held);
  });
}

async function withRun(
  reviewing: Reviewing,
  options: RunOptions,
  work: (run: Run) => Promise<Report>,
): Promise<Report> {
  const run = startRun(reviewing, options);
  try {
    return await work(run);
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

/** How the daily budget stands is worth showing, and not worth failing for. */
async function noteDay({ reviewing, daily }: Run): Promise<void> {
  if (daily.limitNano === null) return;
  await reviewing.store.spentToday().then(daily.note, () => {});
}

/** The model's side of the house is loaded when there is something to send; what is stored needs no key. */
async function startModelRun(
  run: Run,
  { plan, jobs, parcels }: Planned,
  agreement: LiveAgreement,
): Promise<ModelRunHandle | undefined> {
  const { reviewing, tracker, emit, meter, signals, profiler, daily } = run;
  const { chosen } = reviewing;
  if (!chosen || parcels.length === 0) return undefined;
  const opening = profiler.begin("open the model", run.span);
  // Threads and the provider's library take their time to load: all at once.
  reviewing.pool.warmUp();
  const [contexts, { createModelRun }] = await Promise.all([
    redactContexts(plan.contexts, reviewing.pool, signals.cancel),
    import("./createModelRun.ts"),
  ]);
  const isStrongNeeded = jobs.some(({ file }) => file.strongReason !== null);
  const [model, strong] = await Promise.all([
    chosen.open(),
    reviewing.strong && isStrongNeeded
      ? reviewing.strong.chosen.open().then((opened) => ({ ...reviewing.strong!, opened }))
      : undefined,
  ]);
  profiler.end(opening);
  return createModelRun({
    runId: run.id,
    reviewing,
    chosen,
    model,
    strong,
    contexts,
    parcels,
    tracker,
    emit,
    meter,
    signals,
    profiler,
    daily,
    agreement,
    learned: plan.learned,
  });
}

/** A provider that thinks for long, or asks to wait, must not keep the free findings back. */
const HEAD_START_MS = 2_000;

/** Side by side: free findings do not wait for paid ones, nor the other way round. */
async function runStages(run: Run, { plan, suppress }: Planned, modelRun: ModelRunHandle | undefined): Promise<void> {
  const { reviewing, tracker, signals, phases, memory, emit, profiler, span, notices, analysed } = run;
  const { pool, store, settings, offlineVersion, userRules } = reviewing;
  const onNotice = (message: string) => {
    if (!notices.has(message)) reviewing.ports.logger.warn(message);
    notices.add(message);
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
    analysed,
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
