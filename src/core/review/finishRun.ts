/** The last step of a run: its report, made and saved. */
import type { Report } from "../../shared/report.ts";
import type { RunRequest } from "../engine.ts";
import { fromNano } from "../profile/costMeter.ts";
import type { Plan, TierHits } from "../store/plan.ts";
import type { ReportScope } from "../store/savedReport.ts";
import { buildReport } from "./buildReport.ts";
import type { ModelRunHandle } from "./createModelRun.ts";
import type { Planned } from "./planStage.ts";
import { analysisTool } from "./planTools.ts";
import { budgetOf, type Run } from "./run.ts";
import type { StopSignals } from "./stopSignals.ts";

export function pendingReason(signals: StopSignals, storedOnly = false): string {
  if (storedOnly && signals.stoppedBy === null) return "not reviewed as it is now: only stored reviews were asked for";
  if (signals.stoppedBy === "budget") return "the budget was reached";
  if (signals.stoppedBy === "cancel") return "the run was cancelled";
  return signals.error?.message ?? "the run ended early";
}

const NO_PERCENTILES = { p50: 0, p95: 0, p99: 0, max: 0 };

export function reportOf(
  run: Run,
  { since }: RunRequest,
  { plan, counts, estimate }: Planned,
  modelRun: ModelRunHandle | undefined,
  atMostUsd: number,
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
    usage: { ...meter.usage(), ...connectionsOf(modelRun) },
    cost: {
      usd: fromNano(meter.spentNano),
      savedUsd: fromNano(meter.savedNano),
      savedBy: meter.savedBy(),
      maybeBilledUsd: fromNano(meter.maybeNano),
      budgetUsd: budgetOf(reviewing),
      // Raised by whoever was asked, it is what the run was allowed in the end.
      quote: { ...estimate.quote, atMostUsd },
      unknown: meter.unknown,
      ...(run.daily.state && { daily: run.daily.state }),
    },
    cacheHits: { ...hitsByTier(plan, counts.hits), inFlight: modelRun?.inFlightHits() ?? 0, semantic: 0 },
    cacheMisses: counts.misses,
    latency: {
      requestMs: modelRun?.run.requestTime.percentiles() ?? NO_PERCENTILES,
      firstTokenMs: modelRun?.run.firstToken.percentiles() ?? NO_PERCENTILES,
      phases: phases.list,
    },
    memory: run.memory.totals(),
    tools: [...plan.tools, ...analysisTool(plan, { ...run.analysed, ms: offlineMs(run) })],
  });
}

function connectionsOf(modelRun: ModelRunHandle | undefined) {
  const connections = modelRun?.connections() ?? null;
  return connections === null ? {} : { connections };
}

function offlineMs({ phases }: Run): number {
  return phases.list.find(({ name }) => name === "offline")?.ms ?? 0;
}

/** Of a plan that was narrowed since, it is not known which answers fell away. */
function hitsByTier({ hits }: Plan, all: number): TierHits {
  const memory = Math.min(all, hits?.memory ?? 0);
  const team = Math.min(all - memory, hits?.team ?? 0);
  return { memory, team, disk: all - memory - team };
}

function scopeOf({ only, under, since, onSave }: RunRequest): ReportScope {
  if (onSave !== undefined) return "on-save";
  return only !== undefined || under !== undefined || since !== undefined ? "some-files" : "workspace";
}

/** What was saved by caches is known to the next run only where all of it was: after a paid run it counts once more. */
function stateOf({ notices }: Run, { run, usage }: Report, { state }: Plan): string | null {
  // What is to be said again has to be made again.
  return run.complete && usage.requests === 0 && notices.size === 0 ? state : null;
}

export async function saveReport(run: Run, report: Report, plan: Plan, request: RunRequest): Promise<void> {
  const { reviewing, signals, tracker } = run;
  const { store, workspaceId, ports } = reviewing;
  const hashes: Record<string, string> = {};
  for (const file of plan.files) if (file.contentHash) hashes[file.path] = file.contentHash;
  const hidden = [...tracker.ended.values()].flatMap((file) => file.hidden);
  const dismissed = hidden.filter(({ by }) => by === "dismissed").map(({ finding }) => finding);
  const summaries: Record<string, string> = {};
  for (const [path, { summary }] of tracker.ended) if (summary !== null) summaries[path] = summary;
  try {
    await store.saveReport(
      workspaceId,
      { report, hashes, dismissed, summaries },
      { scope: scopeOf(request), folders: request.folders, state: stateOf(run, report, plan) },
    );
    await store.endRun(report.run.id, report.run.stoppedBy ?? (report.run.complete ? "complete" : "partial"));
  } catch (error) {
    // The reviews are stored one by one; what fails here is the copy that brings findings back after a reload.
    signals.stop(error);
    ports.logger.error(`The report could not be saved: ${error instanceof Error ? error.message : String(error)}`);
  }
}
