/** A request about several units: what announces it, and what its reply comes to for each of them. */
import type { ModelReply } from "../model/model.ts";
import { fromNano } from "../profile/costMeter.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { PackAnswer, PackIntent } from "../store/intent.ts";
import type { PackSettlement } from "../store/settlement.ts";
import type { StoredReview } from "../store/storedReview.ts";
import type { Announced, Errand, SentRequest } from "./errand.ts";
import { settlementOf, storeReply, withEmergency } from "./keepReply.ts";
import { sha256 } from "./keys.ts";
import type { ModelRun } from "./modelRun.ts";
import { packRequestOf } from "./packRequest.ts";
import { parsePack } from "./parsePack.ts";
import type { PreparedUnit } from "./preparedUnit.ts";
import { previewFinding } from "./previewFinding.ts";
import { requestSize } from "./requestSize.ts";
import { shareOut } from "./shareOut.ts";
import { createStreamedPack } from "./streamedPack.ts";
import type { BilledReply } from "./transmit.ts";
import { placeOf, reasonOf, requestOf } from "./unitErrand.ts";
import { isMixedUp, toReview } from "./unitReply.ts";

/** What a pack's request has brought for one of its units. */
export interface UnitShare {
  /** null: the reply does not answer for it. */
  readonly review: StoredReview | null;
  /** What it bears of the request's cost; null: unknown. */
  readonly costUsd: number | null;
}

export type BrokenUp = Extract<PackAnswer, { readonly outcome: "broken-up" }>;

/** `shares`: one for each unit. `brokenUp`: nothing was sent, the units go their own ways. */
export type PackSent = { readonly shares: readonly UnitShare[] } | { readonly brokenUp: BrokenUp };

/**
 * @param units of one folder, in the order of the request
 * @param span of their whole way
 */
export function packErrand(units: readonly PreparedUnit[], run: ModelRun, span: SpanId): Errand<PackSent> {
  const key = `pack:${sha256(units.map((unit) => unit.key).join())}`;
  const request = packRequestOf(units, run.contexts);
  return {
    request,
    size: requestSize(request, units, run.recipe),
    paths: units.map(({ file }) => file.path),
    listen() {
      const stream = createStreamedPack(units.length, (streamed) =>
        previewFinding(streamed, units[streamed.unit - 1]!, run),
      );
      return (delta) => stream.push(delta);
    },
    announce: (sent) => announce(units, run, key, sent),
    async keep(requestId, billed) {
      const reviews = await keepPack({ units, run, key, requestId, span }, billed);
      const { costNano } = billed.receipt;
      const costs = costNano === null ? null : shareOut(costNano, units.map(weightOf));
      const shares = reviews.map((review, index) => ({ review, costUsd: costs ? fromNano(costs[index]!) : null }));
      return { answer: { shares }, code: codeOf(billed.reply, reviews) };
    },
  };
}

const weightOf = ({ text }: PreparedUnit) => text.text.length;

async function announce(
  units: readonly PreparedUnit[],
  run: ModelRun,
  key: string,
  sent: SentRequest,
): Promise<Announced<PackSent>> {
  const intent: PackIntent = {
    ...requestOf(run, sent),
    key,
    units: units.map((unit) => ({ key: unit.key, place: placeOf(unit, run) })),
    reason: [...new Set(units.map(({ unit }) => reasonOf(unit, sent.attempt)))].join("; "),
    ...(run.waitForBatches ? {} : { asksAgain: true }),
  };
  const answer = await run.store.recordPackIntent(intent, run.useCache, run.daily.limitNano);
  return answer.outcome === "broken-up" ? { outcome: "answered", answer: { brokenUp: answer } } : answer;
}

interface SentPack {
  readonly units: readonly PreparedUnit[];
  readonly run: ModelRun;
  readonly key: string;
  readonly requestId: string;
  readonly span: SpanId;
}

/** Stores the reply before reading it, then what it says of each unit, in one commit. */
async function keepPack(pack: SentPack, { reply, receipt }: BilledReply): Promise<readonly (StoredReview | null)[]> {
  const { units, run, key, requestId, span } = pack;
  const read = (): readonly (StoredReview | null)[] => readPack(reply, units);
  const settlements = (reviews: ReturnType<typeof read>) => settlementsOf(pack, reviews, run.listPriceNano(reply));
  const settle = (reviews: ReturnType<typeof read>) =>
    run.store.settlePack({ requestId, key, settlements: settlements(reviews), code: codeOf(reply, reviews) });
  const entry = () => {
    const reviews = read();
    const [first, ...others] = settlements(reviews);
    const unread = settlementOf(units[0]!, run, requestId, { code: codeOf(reply, reviews) });
    return { settlement: first ?? unread, others, raw: reply.text, receipt };
  };
  return withEmergency(run, entry, () => storeReply(run, { requestId, reply, receipt, span, read, settle }));
}

function settlementsOf(
  { run, requestId, units }: SentPack,
  reviews: readonly (StoredReview | null)[],
  listPriceNano: number | null,
): PackSettlement["settlements"] {
  const listShares = listPriceNano === null ? null : shareOut(listPriceNano, units.map(weightOf));
  return units.flatMap((unit, index) => {
    const review = reviews[index];
    return review ? [settlementOf(unit, run, requestId, { review, listPriceNano: listShares?.[index] ?? null })] : [];
  });
}

/** null: whatever is not certainly a review of that very unit. */
function readPack(
  { text }: Pick<ModelReply, "text">,
  units: readonly Pick<PreparedUnit, "source">[],
): (StoredReview | null)[] {
  return parsePack(text, units.length).map((parsed, index) => {
    const review = parsed && toReview(parsed, units[index]!.source);
    return review && !isMixedUp(review) ? review : null;
  });
}

function codeOf({ finish }: ModelReply, reviews: readonly (StoredReview | null)[]): string | null {
  if (reviews.some((review) => review !== null)) return null;
  if (finish === "length") return "reply-truncated";
  return finish === "stop" ? "reply-unparseable" : "refused";
}
