/** A request about one unit: what announces it, and what its reply comes to. */
import type { SpanId } from "../profile/profiler.ts";
import type { Intent, UnitPlace } from "../store/intent.ts";
import type { PlannedUnit } from "../store/plan.ts";
import type { Announced, Errand, SentRequest } from "./errand.ts";
import { storedOutcome, SUBMITTED, type UnitOutcome } from "./fileTracker.ts";
import { keepReply, settlementOf } from "./keepReply.ts";
import type { ModelRun } from "./modelRun.ts";
import { parsePack } from "./parsePack.ts";
import { parseReply } from "./parseReply.ts";
import type { PreparedUnit } from "./preparedUnit.ts";
import { previewFinding } from "./previewFinding.ts";
import { createStreamedFindings } from "./streamedFindings.ts";
import { requestSize } from "./requestSize.ts";
import { isMixedUp, toReview } from "./unitReply.ts";

/** null: the reply could not be read and may be asked for once more. What it cost is the errand's to say. */
export type UnitAnswer = UnitOutcome | null;

export interface UnitAsking {
  readonly run: ModelRun;
  readonly mayRepeat: boolean;
  /** Of the unit. */
  readonly span: SpanId;
}

export function unitErrand(prepared: PreparedUnit, asking: UnitAsking): Errand<UnitAnswer> {
  const { run, mayRepeat } = asking;
  const { request, file } = prepared;
  return {
    request,
    size: requestSize(request, [prepared], run.recipe),
    paths: [file.path],
    listen() {
      const stream = createStreamedFindings((streamed) => previewFinding(streamed, prepared, run));
      return (delta) => stream.push(delta);
    },
    announce: (sent) => announce(prepared, run, sent),
    async keep(requestId, billed) {
      const read = await keepReply(prepared, asking, requestId, billed);
      const outcome = { fromCache: false, costUsd: billed.costUsd };
      if (read.review) return { answer: { review: read.review, failure: null, ...outcome }, code: null };
      const code = read.code ?? read.verdict?.code ?? "reply-unparseable";
      if (read.isUnreadable && mayRepeat) return { answer: null, code };
      return { answer: { review: null, failure: read.failure, ...outcome }, code };
    },
  };
}

async function announce(prepared: PreparedUnit, run: ModelRun, sent: SentRequest): Promise<Announced<UnitAnswer>> {
  const answer = await run.store.recordIntent(intentOf(prepared, run, sent), run.useCache, run.daily.limitNano);
  if (answer.outcome === "answered") return { outcome: "answered", answer: useStored(answer.unit, run) };
  if (answer.outcome === "submitted") return { outcome: "answered", answer: SUBMITTED };
  if (answer.outcome !== "unread") return answer;
  const read = await readUnread(answer.rawReply, prepared, run);
  return read ? { outcome: "answered", answer: read } : { outcome: "held", expiresInMs: 0 };
}

/**
 * A reply that is paid for and was never read.
 * @returns undefined: nothing of it can be read; it is not tried again then
 */
export async function readUnread(
  { requestId, place, text }: NonNullable<PlannedUnit["rawReply"]>,
  prepared: PreparedUnit,
  run: ModelRun,
): Promise<UnitOutcome | undefined> {
  const parsed = place ? parsePack(text, place.units)[place.position] : parseReply(text);
  const review = parsed && toReview(parsed, prepared.source);
  if (!review || (place && isMixedUp(review))) {
    await run.store.settle(settlementOf(prepared, run, requestId, { code: "reply-unparseable" }));
    return undefined;
  }
  await run.store.settle(settlementOf(prepared, run, requestId, { review }));
  return { review, failure: null, fromCache: true, costUsd: 0 };
}

export function useStored(unit: Pick<PlannedUnit, "review" | "verdict" | "listPriceNano">, run: ModelRun): UnitOutcome {
  run.meter.saved(unit.listPriceNano, "disk");
  return storedOutcome(unit) ?? { review: null, failure: "its stored answer is empty", fromCache: true, costUsd: 0 };
}

function intentOf(prepared: PreparedUnit, run: ModelRun, sent: SentRequest): Intent {
  const { unit, key } = prepared;
  return {
    ...requestOf(run, sent),
    key,
    place: placeOf(prepared, run),
    reason: reasonOf(unit, sent.attempt),
    ...(run.waitForBatches ? {} : { asksAgain: true }),
  };
}

/** What the ledger keeps of every request, whatever it is for. */
export function requestOf({ runId, model }: ModelRun, { requestId, attempt, reservedNano, size }: SentRequest) {
  return {
    requestId,
    runId,
    provider: model.provider,
    model: model.name,
    origin: model.origin,
    attempt,
    reservedNano,
    size,
  };
}

export function reasonOf({ missReason }: Pick<PlannedUnit, "missReason">, attempt: number): string {
  return attempt > 1 ? "an earlier try failed" : (missReason ?? "edited");
}

export function placeOf({ file, unit, contentHash }: PreparedUnit, run: ModelRun): UnitPlace {
  return {
    path: file.absolutePath,
    ordinal: unit.ordinal,
    contentHash,
    contextHash: unit.contextHash,
    recipe: run.recipe,
    model: run.model.name,
    parts: { workspace: run.contexts[file.folder]!.hash, symbols: unit.signatures?.symbols ?? [] },
  };
}
