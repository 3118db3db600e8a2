/** What the steps of one run share, from its first event to its report. */
import { randomUUID } from "node:crypto";
import type { RunOptions } from "../engine.ts";
import { createDailyWall, type DailyWall } from "../flow/dailyWall.ts";
import { createCostMeter, type CostMeter } from "../profile/costMeter.ts";
import { createMemorySampler, type MemorySampler } from "../profile/memorySampler.ts";
import { noProfiler, type Profiler, type SpanId } from "../profile/profiler.ts";
import { createEmitter, type Emit } from "./emitter.ts";
import { createFileTracker, type FileTracker } from "./fileTracker.ts";
import { createPhases, type Phases } from "./phases.ts";
import { dailyLimitOf, type Reviewing } from "./reviewing.ts";
import { createStopSignals, type StopSignals } from "./stopSignals.ts";

export interface Run {
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
  /** What was wrong with the team's own rules; said once each. */
  readonly notices: Set<string>;
  /** What the offline engine has looked at so far. */
  readonly analysed: { made: number; failures: number };
}

export function startRun(reviewing: Reviewing, options: RunOptions): Run {
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
    tracker: createFileTracker({
      emit,
      monotonicMs,
      model,
      minimumSeverity: settings.minimumSeverity,
      looksAgain: reviewing.refuterRecipe !== null,
      strongModel: reviewing.strong?.model ?? null,
    }),
    profiler,
    notices: new Set(),
    analysed: { made: 0, failures: 0 },
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
export function budgetOf({ chosen, settings }: Reviewing): number | null {
  return chosen ? settings.budgetUsd : null;
}
