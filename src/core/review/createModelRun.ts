/** Puts together what a model run needs: limits, budget, prices, the prompts' cache key. */
import { errorCode } from "../../shared/errors.ts";
import { createBudget, type Agreement } from "../flow/budget.ts";
import { createCanary } from "../flow/canary.ts";
import type { DailyWall } from "../flow/dailyWall.ts";
import { createLimiter } from "../flow/limiter.ts";
import { withRetry } from "../flow/retry.ts";
import { createRetryBudget } from "../flow/retryBudget.ts";
import { createHopelessCheck } from "./hopelessCheck.ts";
import { boundOutput } from "./outputBound.ts";
import type { Model, ModelReply } from "../model/model.ts";
import { fromNano, toNano, type CostMeter } from "../profile/costMeter.ts";
import { createLatency } from "../profile/latency.ts";
import type { Profiler, SpanId } from "../profile/profiler.ts";
import type { Plan } from "../store/store.ts";
import type { Emit } from "./emitter.ts";
import type { FileTracker } from "./fileTracker.ts";
import { inputBound } from "./inputBound.ts";
import { laneCount } from "./laneCount.ts";
import type { ModelRun } from "./modelRun.ts";
import { runModelStage } from "./modelStage.ts";
import type { ChosenModel, Reviewing } from "./reviewing.ts";
import type { StopSignals } from "./stopSignals.ts";
import type { UnitJob } from "./unitsToSend.ts";
import { createWaitingModel } from "./waitingModel.ts";

export interface ModelRunHandle {
  readonly run: ModelRun;
  readonly inFlightHits: () => number;
  /** Resolves when every unit has its outcome or the run has been stopped. Never rejects. */
  review(span: SpanId): Promise<void>;
  /** Resolves when the first request has its first token, or soon anyway: until then nothing should compete with it. */
  readonly underWay: Promise<void>;
  close(): Promise<void>;
}

export interface ModelRunOptions {
  readonly runId: string;
  readonly reviewing: Reviewing;
  readonly chosen: ChosenModel;
  readonly model: Model;
  /** As they may be sent: without secrets. */
  readonly contexts: Plan["contexts"];
  readonly jobs: readonly UnitJob[];
  readonly tracker: FileTracker;
  readonly emit: Emit;
  readonly meter: CostMeter;
  readonly signals: StopSignals;
  readonly profiler: Profiler;
  readonly daily: DailyWall;
  readonly agreement: Agreement;
  readonly learned: Plan["learned"];
}

export function createModelRun(options: ModelRunOptions): ModelRunHandle {
  const { reviewing, chosen, contexts, emit, meter, signals } = options;
  const { settings, ports, store, pool } = reviewing;
  const { clock } = ports;
  const { prices } = chosen;
  const recipe = reviewing.recipe ?? "";
  const { model: boundModel, bounded } = boundOutput(options.model, options.learned);
  const budget = createBudget(settings.budgetUsd, {
    agreement: options.agreement,
    onWarning: () => emit({ type: "budget", level: "warning", nextUsd: 0 }),
  });
  const concurrency = laneCount(settings.concurrency, chosen.provider);
  const limiter = createLimiter({
    maximum: concurrency,
    clock,
    onChange: (limit) => emit({ type: "concurrency", limit }),
    onPause: (ms) => emit({ type: "wait", reason: "rate-limit", ms }),
  });
  const model = createWaitingModel(boundModel, limiter, signals.dispatch);
  const retryBudget = createRetryBudget();
  const hopeless = createHopelessCheck();
  const accepted = Promise.withResolvers<void>();
  const canary = createCanary();
  let inFlightHits = 0;

  const listPriceUsd = (reply: ModelReply) => prices.listPriceOf({ model: model.name, usage: reply.usage });
  const costOf = (reply: ModelReply) => {
    hopeless.succeeded();
    const usd = prices.costOf({ model: model.name, usage: reply.usage, serviceTier: reply.serviceTier });
    const list = listPriceUsd(reply);
    if (usd !== null && list !== null) meter.saved(toNano(Math.max(0, list - usd)), "provider");
    return usd;
  };

  const run: ModelRun = {
    runId: options.runId,
    recipe,
    model,
    contexts,
    useCache: settings.useCache,
    clock,
    store,
    pool,
    tracker: options.tracker,
    emit,
    profiler: options.profiler,
    emitMoney: () => emit(moneyEvent(meter, budget.reservedUsd)),
    meter,
    requestTime: createLatency(),
    firstToken: createLatency(),
    budget,
    daily: options.daily,
    canary: {
      ...canary,
      accepted() {
        canary.accepted();
        accepted.resolve();
      },
    },
    limiter,
    retry: (attempt) =>
      withRetry({
        attempt,
        retryBudget,
        clock,
        signal: signals.dispatch,
        onWait: (reason, ms) => emit({ type: "wait", reason, ms }),
      }),
    dispatchSignal: signals.dispatch,
    cancelSignal: signals.cancel,
    isFatal: hopeless.isFatal,
    upperBoundUsd(request) {
      const { maxOutputTokens } = bounded(request);
      return prices.upperBound({
        model: model.name,
        inputTokens: inputBound(request, options.learned),
        maxOutputTokens,
      });
    },
    costOf,
    listPriceNano(reply) {
      const usd = listPriceUsd(reply);
      return usd === null ? null : toNano(usd);
    },
    countInFlightHit(costUsd) {
      inFlightHits++;
      if (costUsd !== null) meter.saved(toNano(costUsd), "inFlight");
    },
    saveInEmergency: (entry) => reviewing.saveInEmergency(entry),
  };
  const stop = (error: unknown) => {
    const nextUsd = Math.max(0, (settings.budgetUsd ?? 0) - budget.spentUsd);
    if (errorCode(error) === "budget-reached" && budget.reached) emit({ type: "budget", level: "reached", nextUsd });
    signals.stop(error);
  };
  return {
    run,
    inFlightHits: () => inFlightHits,
    underWay: accepted.promise,
    review: (span) => runModelStage(options.jobs, run, { concurrency, stop, span }).finally(accepted.resolve),
    close: () => model.close(),
  };
}

function moneyEvent(meter: CostMeter, reservedUsd: number) {
  return {
    type: "money",
    spentUsd: fromNano(meter.spentNano),
    reservedUsd,
    savedUsd: fromNano(meter.savedNano),
    maybeBilledUsd: fromNano(meter.maybeNano),
    unknown: meter.unknown,
  } as const;
}
