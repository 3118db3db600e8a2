/** One request about several units and its reply, from the wire to the ledger. */
import type { ModelReply } from "../model/model.ts";
import { fromNano } from "../profile/costMeter.ts";
import type { PackSettlement, StoredReview } from "../store/store.ts";
import { settlementOf, withEmergency } from "./keepReply.ts";
import { parsePack } from "./parsePack.ts";
import type { PreparedUnit } from "./preparedUnit.ts";
import { previewFinding } from "./previewFinding.ts";
import { shareOut } from "./shareOut.ts";
import { createStreamedPack } from "./streamedPack.ts";
import { emitRequestEnd, transmit, type BilledReply, type Transmission } from "./transmit.ts";
import { isMixedUp, toReview } from "./unitReply.ts";

export interface PackExchange extends Omit<Transmission, "paths" | "onText"> {
  /** Of the pack. */
  readonly key: string;
  /** In the order of the request. */
  readonly units: readonly PreparedUnit[];
}

/** What a pack's request has brought for one of its units. */
export interface UnitShare {
  /** null: the reply does not answer for it. */
  readonly review: StoredReview | null;
  /** What it bears of the request's cost; null: unknown. */
  readonly costUsd: number | null;
}

/** @returns one for each unit */
export async function exchangePack(exchange: PackExchange): Promise<UnitShare[]> {
  const { units, run } = exchange;
  const stream = createStreamedPack(units.length, (streamed) =>
    previewFinding(streamed, units[streamed.unit - 1]!, run),
  );
  const paths = units.map(({ file }) => file.path);
  const sending = { ...exchange, paths, onText: (delta: string) => stream.push(delta) };
  return transmit(sending, async (billed) => {
    const reviews = await keepPack(exchange, billed);
    emitRequestEnd(sending, billed, codeOf(billed.reply, reviews));
    const { costNano } = billed.receipt;
    const shares = costNano === null ? null : shareOut(costNano, units.map(weightOf));
    return reviews.map((review, index) => ({ review, costUsd: shares ? fromNano(shares[index]!) : null }));
  });
}

const weightOf = ({ text }: PreparedUnit) => text.text.length;

/** Stores the reply before reading it, then what it says of each unit, in one commit. */
async function keepPack(exchange: PackExchange, billed: BilledReply): Promise<(StoredReview | null)[]> {
  const { run, requestId, key, units } = exchange;
  const { reply, receipt } = billed;
  const reviews = readPack(reply, units);
  const settlement: PackSettlement = {
    requestId,
    key,
    settlements: settlementsOf(exchange, reviews, run.listPriceNano(reply)),
    code: codeOf(reply, reviews),
  };
  const [first, ...others] = settlement.settlements;
  const unread = settlementOf(units[0]!, run, requestId, { code: settlement.code });
  const entry = () => ({ settlement: first ?? unread, others, raw: reply.text, receipt });
  await withEmergency(run, entry, async () => {
    await run.store.recordReply(requestId, reply.text, receipt);
    await run.store.settlePack(settlement);
  });
  return reviews;
}

function settlementsOf(
  { run, requestId, units }: PackExchange,
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
