/** The way of several units that share a request: texts, leases, money, request, and what each of them gets of it. */
import { randomUUID } from "node:crypto";
import { isModelError } from "../model/modelError.ts";
import { toNano } from "../profile/costMeter.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { PackAnswer, PackIntent } from "../store/store.ts";
import { sha256 } from "./keys.ts";
import type { ModelRun } from "./modelRun.ts";
import { exchangePack, type UnitShare } from "./packExchange.ts";
import { packRequestOf } from "./packRequest.ts";
import type { Parcel } from "./parcels.ts";
import { prepareUnit, type PreparedUnit } from "./preparedUnit.ts";
import { announced, describeFailure, failed, placeOf, reasonOf, useStored, type ReviewedUnit } from "./unitReview.ts";
import type { UnitJob } from "./unitsToSend.ts";

/** `alone`: it has to be asked about by itself; what has been spent on it so far (null: unknown). */
export type PackedOutcome = ReviewedUnit | { readonly alone: true; readonly spentUsd: number | null };

type BrokenUp = Extract<PackAnswer, { readonly outcome: "broken-up" }>;
type Sent = { readonly shares: readonly UnitShare[] } | { readonly brokenUp: BrokenUp };

const ALONE: PackedOutcome = { alone: true, spentUsd: 0 };

/**
 * @param span of the whole way
 * @returns one for each of the parcel's units
 * @throws what ends the whole run: cancellation, budget, terminal provider errors, a failing store
 */
export async function reviewPack(parcel: Parcel, run: ModelRun, span: SpanId): Promise<Map<UnitJob, PackedOutcome>> {
  const outcomes = new Map<UnitJob, PackedOutcome>(parcel.map((job) => [job, ALONE]));
  let units = await prepareAll(parcel, run, span, outcomes);
  while (units.length > 1) {
    const sent = await askModel(units, run, span);
    if ("failure" in sent) {
      if (sent.failure !== null)
        for (const unit of units) outcomes.set(jobOf(unit, parcel), answered(unit, failed(sent.failure, false, 0)));
      break;
    }
    if ("shares" in sent) {
      for (const [index, unit] of units.entries())
        outcomes.set(jobOf(unit, parcel), outcomeOf(unit, sent.shares[index]!));
      break;
    }
    const stored = new Map(sent.brokenUp.answered.map((one) => [one.key, one.unit]));
    for (const unit of units) {
      const found = stored.get(unit.key);
      if (found) outcomes.set(jobOf(unit, parcel), answered(unit, useStored(found, run)));
    }
    const held = new Set(sent.brokenUp.held);
    const rest = units.filter(({ key }) => !stored.has(key) && !held.has(key));
    // The same pack is under way elsewhere: its units are waited for one by one.
    if (rest.length === units.length) break;
    units = rest;
  }
  return outcomes;
}

const jobOf = ({ unit }: PreparedUnit, parcel: Parcel) => parcel.find((job) => job.unit === unit)!;
const answered = ({ key }: PreparedUnit, outcome: ReviewedUnit["outcome"]): ReviewedUnit => ({
  outcome,
  answeredKey: key,
});

function outcomeOf(unit: PreparedUnit, { review, costUsd }: UnitShare): PackedOutcome {
  if (!review) return { alone: true, spentUsd: costUsd };
  return answered(unit, { review, failure: null, fromCache: false, costUsd });
}

/** Those that can be sent together; what has changed since it was planned goes alone. */
async function prepareAll(
  parcel: Parcel,
  run: ModelRun,
  span: SpanId,
  outcomes: Map<UnitJob, PackedOutcome>,
): Promise<PreparedUnit[]> {
  for (const { file } of parcel) run.tracker.begin(file);
  const preparing = run.profiler.begin("prepare", span);
  const all = await Promise.all(parcel.map((job) => prepareUnit(job, run))).finally(() => run.profiler.end(preparing));
  return all.flatMap((prepared, index) => {
    const job = parcel[index]!;
    if (!("failure" in prepared)) return prepared.key === job.unit.key ? [prepared] : [];
    outcomes.set(job, { outcome: failed(prepared.failure, true, 0), answeredKey: null });
    return [];
  });
}

/** `failure` null: together they cannot be sent, alone perhaps. */
async function askModel(
  units: readonly PreparedUnit[],
  run: ModelRun,
  span: SpanId,
): Promise<Sent | { readonly failure: string | null }> {
  try {
    return await run.retry((attempt) => {
      const queued = run.profiler.begin("queue", span);
      const send = () => sendOnce(units, run, { attempt, span, queued });
      return run.limiter.run(send, run.dispatchSignal).finally(() => run.profiler.end(queued));
    });
  } catch (error) {
    if (isModelError(error) && error.kind === "request") return { failure: null };
    if (!isModelError(error) || run.isFatal(error)) throw error;
    return { failure: describeFailure(error) };
  }
}

interface Sending {
  readonly attempt: number;
  readonly span: SpanId;
  readonly queued: SpanId;
}

async function sendOnce(units: readonly PreparedUnit[], run: ModelRun, sending: Sending): Promise<Sent> {
  const { attempt, span, queued } = sending;
  const request = packRequestOf(units, run.contexts);
  const boundUsd = run.upperBoundUsd(request);
  const reservation = await run.budget.reserve(boundUsd ?? 0, run.dispatchSignal);
  const askedAt = run.clock.monotonicMs();
  try {
    for (;;) {
      const departure = await run.departures.enter(run.primedPrefix(request), run.dispatchSignal);
      const requestId = randomUUID();
      const intent = intentOf(units, run, { requestId, attempt, reservedUsd: reservation.usd });
      const record = () => run.store.recordPackIntent(intent, run.useCache, run.daily.limitNano);
      const answer = await announced(record, run, departure);
      if (answer.outcome === "granted") {
        run.profiler.end(queued);
        const { key } = intent;
        const sent = { run, request, requestId, attempt, reservation, boundUsd, departure, span, key, units };
        return { shares: await exchangePack(sent) };
      }
      if (answer.outcome === "broken-up") return { brokenUp: answer };
      const needed = { usd: reservation.usd, waitedMs: run.clock.monotonicMs() - askedAt };
      await run.daily.turnedAway(answer, needed, run.dispatchSignal);
    }
  } finally {
    reservation.release();
    run.emitMoney();
  }
}

function intentOf(
  units: readonly PreparedUnit[],
  run: ModelRun,
  sent: { requestId: string; attempt: number; reservedUsd: number },
): PackIntent {
  const reasons = new Set(units.map((unit) => reasonOf(unit, sent.attempt)));
  return {
    units: units.map((unit) => ({ key: unit.key, place: placeOf(unit, run) })),
    reason: [...reasons].join("; "),
    requestId: sent.requestId,
    runId: run.runId,
    key: `pack:${sha256(units.map(({ key }) => key).join())}`,
    provider: run.model.provider,
    model: run.model.name,
    origin: run.model.origin,
    attempt: sent.attempt,
    reservedNano: toNano(sent.reservedUsd),
    ...(run.waitForBatches ? {} : { asksAgain: true }),
  };
}
