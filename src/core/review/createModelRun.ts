/** Puts together what a model run needs: limits, budget, prices, the prompts' cache key. */
import { errorCode } from "../../shared/errors.ts";
import { createBudget, type Agreement } from "../flow/budget.ts";
import type { DailyWall } from "../flow/dailyWall.ts";
import { createDepartures } from "../flow/departures.ts";
import { createLimiter } from "../flow/limiter.ts";
import { withRetry } from "../flow/retry.ts";
import { createRetryBudget } from "../flow/retryBudget.ts";
import { createHopelessCheck } from "./hopelessCheck.ts";
import type { Model, ModelReply } from "../model/model.ts";
import { createConnectionMeter } from "../profile/connectionMeter.ts";
import { fromNano, toNano, type CostMeter } from "../profile/costMeter.ts";
import { createLatency } from "../profile/latency.ts";
import type { Profiler, SpanId } from "../profile/profiler.ts";
import type { Plan, StrongRecipe } from "../store/plan.ts";
import type { Emit } from "./emitter.ts";
import type { FileTracker } from "./fileTracker.ts";
import { laneCount } from "./laneCount.ts";
import type { ModelRun } from "./modelRun.ts";
import type { Parcel } from "./parcels.ts";
import { createOutputBound } from "./outputBound.ts";
import { createPrimedPrefix, shardPerMinute } from "./primedPrefix.ts";
import { runModelStage } from "./modelStage.ts";
import type { ChosenModel, Reviewing } from "./reviewing.ts";
import type { StopSignals } from "./stopSignals.ts";
import { createWaitingModel } from "./waitingModel.ts";
import { upperBoundUsd } from "./upperBound.ts";

type PricedRun = Pick<ModelRun, "bound" | "giveUpBound" | "costOf" | "listPriceNano">;

export interface ModelRunHandle {
  readonly run: ModelRun;
  readonly inFlightHits: () => number;
  /** That its requests went over; null: not known, or nothing was sent. */
  readonly connections: () => number | null;
  /** Resolves when every unit has its outcome or the run has been stopped. Never rejects. */
  review(span: SpanId): Promise<void>;
  /** Resolves when the first request has its first token, or soon anyway: until then nothing should compete with it. */
  readonly underWay: Promise<void>;
  close(): Promise<void>;
}

export interface StrongModel extends StrongRecipe {
  readonly chosen: ChosenModel;
  readonly opened: Model;
}

export interface ModelRunOptions {
  readonly runId: string;
  readonly reviewing: Reviewing;
  readonly chosen: ChosenModel;
  readonly model: Model;
  /** For what is complex or security-sensitive; undefined: nothing of that is sent, or the model above does it. */
  readonly strong?: StrongModel | undefined;
  /** As they may be sent: without secrets. */
  readonly contexts: Plan["contexts"];
  readonly parcels: readonly Parcel[];
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
  const { reviewing, chosen, contexts, emit, meter, signals, strong } = options;
  const { settings, ports, store, pool } = reviewing;
  const { clock } = ports;
  const recipe = reviewing.recipe ?? "";
  const budget = createBudget(settings.budgetUsd, {
    agreement: options.agreement,
    onWarning: () => emit({ type: "budget", level: "warning", nextUsd: 0 }),
  });
  const concurrency = laneCount(reviewing);
  const limiter = createLimiter({
    maximum: concurrency,
    clock,
    onChange: (limit) => emit({ type: "concurrency", limit }),
    onPause: (ms) => emit({ type: "wait", reason: "rate-limit", ms }),
  });
  const model = createWaitingModel(options.model, limiter, signals.dispatch);
  const retryBudget = createRetryBudget();
  const hopeless = createHopelessCheck();
  const accepted = Promise.withResolvers<void>();
  let inFlightHits = 0;
  const opened = strong ? [options.model, strong.opened] : [options.model];
  const connections = createConnectionMeter(
    opened.flatMap(({ origin, origins }) => origins ?? [origin]),
    (count) => emit({ type: "connections", count }),
  );

  const pricesOf = (priced: ChosenModel): PricedRun => {
    const { prices, name } = priced;
    const learned = options.learned?.[name];
    const outputBound = createOutputBound(learned);
    const billed = ({ usage, serviceTier }: ModelReply) => ({
      model: name,
      usage,
      serviceTier: serviceTier ?? "default",
    });
    const listPriceUsd = (reply: ModelReply) => prices.listPriceOf(billed(reply));
    return {
      bound(wanted, units) {
        const request = outputBound.of(wanted, units);
        return { request, boundUsd: upperBoundUsd(priced, request, units, learned) };
      },
      giveUpBound: outputBound.giveUp,
      costOf(reply) {
        hopeless.succeeded();
        const usd = prices.costOf(billed(reply));
        const list = listPriceUsd(reply);
        if (usd !== null && list !== null) meter.saved(toNano(Math.max(0, list - usd)), "provider");
        return usd;
      },
      listPriceNano(reply) {
        const usd = listPriceUsd(reply);
        return usd === null ? null : toNano(usd);
      },
    };
  };

  const run: ModelRun = {
    runId: options.runId,
    recipe,
    refuterRecipe: reviewing.refuterRecipe,
    model,
    contexts,
    useCache: settings.useCache,
    waitForBatches: settings.waitForBatches,
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
    departures: createDepartures({ clock, shardPerMinute: shardPerMinute(chosen), onUnderWay: accepted.resolve }),
    primedPrefix: createPrimedPrefix(chosen),
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
    ...pricesOf(chosen),
    of: ({ strongReason }) => (strongReason === null ? run : strongRun),
    countInFlightHit(costUsd) {
      inFlightHits++;
      if (costUsd !== null) meter.saved(toNano(costUsd), "inFlight");
    },
    saveInEmergency: (entry) => reviewing.saveInEmergency(entry),
  };
  const strongRun: ModelRun = strong
    ? {
        ...run,
        model: createWaitingModel(strong.opened, limiter, signals.dispatch),
        recipe: strong.recipe,
        refuterRecipe: strong.refuterRecipe,
        primedPrefix: createPrimedPrefix(strong.chosen),
        ...pricesOf(strong.chosen),
      }
    : run;
  const stop = (error: unknown) => {
    const nextUsd = Math.max(0, (settings.budgetUsd ?? 0) - budget.spentUsd);
    if (errorCode(error) === "budget-reached" && budget.reached) emit({ type: "budget", level: "reached", nextUsd });
    signals.stop(error);
  };
  return {
    run,
    inFlightHits: () => inFlightHits,
    connections: () => connections.count,
    underWay: accepted.promise,
    review: (span) => runModelStage(options.parcels, run, { concurrency, stop, span }).finally(accepted.resolve),
    async close() {
      connections.dispose();
      await Promise.all([model.close(), strong?.opened.close()]);
    },
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
