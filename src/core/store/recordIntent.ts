/** Leave to send: the leases and the intent are one commit, so that whoever may send has already said so durably. */
import { batchReserveNano } from "./batchCalls.ts";
import type { Intent, IntentAnswer, LookAnswer, LookIntent, PackAnswer, PackIntent } from "./store.ts";
import type { StoreParts } from "./storeHost.ts";

type Recording = Pick<StoreParts, "reviews" | "looks" | "leases" | "batches" | "ledger" | "history" | "packs" | "day">;

/** Call inside a transaction. */
export function recordIntent(
  parts: Recording,
  intent: Intent,
  useCache: boolean,
  dailyLimitNano: number | null,
  nowMs: number,
): IntentAnswer {
  const stored = useCache ? parts.reviews.find(intent.key) : undefined;
  if (stored) return { outcome: "answered", unit: stored };
  if (useCache && !intent.asksAgain && parts.batches.isOut(intent.key)) return { outcome: "submitted" };
  const lease = parts.leases.acquire(intent.key);
  if (!lease.granted) return { outcome: "held", expiresInMs: lease.expiresInMs };
  const answer = dailyLimitNano === null ? GRANTED : withinDay(parts, intent, dailyLimitNano, nowMs);
  if (answer.outcome !== "granted") {
    parts.leases.release(intent.key);
    return answer;
  }
  parts.ledger.intent(intent);
  parts.history.save(intent.place, intent.key);
  return answer;
}

/** All of its units or none. Call inside a transaction. */
export function recordPackIntent(
  parts: Recording,
  intent: PackIntent,
  useCache: boolean,
  dailyLimitNano: number | null,
  nowMs: number,
): PackAnswer {
  const { units, requestId, key } = intent;
  const answered = units.flatMap((unit) => {
    const stored = useCache ? parts.reviews.find(unit.key) : undefined;
    return stored ? [{ key: unit.key, unit: stored }] : [];
  });
  const taken: string[] = [];
  const held: string[] = [];
  for (const wanted of [...units.map((unit) => unit.key), key]) {
    // What was submitted for the night is not asked for a second time.
    if (useCache && !intent.asksAgain && parts.batches.isOut(wanted)) held.push(wanted);
    else (parts.leases.acquire(wanted).granted ? taken : held).push(wanted);
  }
  const isWhole = answered.length === 0 && held.length === 0;
  const answer = !isWhole || dailyLimitNano === null ? GRANTED : withinDay(parts, intent, dailyLimitNano, nowMs);
  if (!isWhole || answer.outcome !== "granted") {
    for (const one of taken) parts.leases.release(one);
    return isWhole && answer.outcome !== "granted" ? answer : { outcome: "broken-up", answered, held };
  }
  parts.ledger.intent(intent);
  parts.packs.save(
    requestId,
    units.map((unit) => unit.key),
  );
  for (const unit of units) parts.history.save(unit.place, unit.key);
  return answer;
}

/** As for a unit; what is stored of it is known by its own keys. Call inside a transaction. */
export function recordLookIntent(
  parts: Recording,
  intent: LookIntent,
  useCache: boolean,
  dailyLimitNano: number | null,
  nowMs: number,
): LookAnswer {
  const { leases, ledger, looks } = parts;
  // Whoever held the lease may have settled since they were looked for.
  if (useCache && looks.find(intent.looks).every(Boolean)) return { outcome: "held", expiresInMs: 0 };
  const lease = leases.acquire(intent.key);
  if (!lease.granted) return { outcome: "held", expiresInMs: lease.expiresInMs };
  const unread = useCache ? ledger.unreadReply(intent.key) : null;
  if (unread) return { outcome: "unread", ...unread };
  const answer = dailyLimitNano === null ? GRANTED : withinDay(parts, intent, dailyLimitNano, nowMs);
  if (answer.outcome === "granted") ledger.intent(intent);
  else leases.release(intent.key);
  return answer;
}

type DayAnswer = Extract<IntentAnswer, { readonly outcome: "granted" | "over-daily-budget" }>;

const GRANTED: DayAnswer = { outcome: "granted" };

/** Read and written in one transaction: of two windows that ask for the day's last cents one gets them. */
function withinDay(
  parts: Recording,
  { reservedNano }: { readonly reservedNano: number },
  limitNano: number,
  nowMs: number,
): DayAnswer {
  const fits = (usedNano: number) => usedNano + reservedNano <= limitNano;
  const before = parts.day();
  if (fits(before.spentNano + before.reservedNano)) {
    return { outcome: "granted", day: { ...before, reservedNano: before.reservedNano + reservedNano } };
  }
  // Whose process is gone will not give back what it has reserved: nobody need wait for that.
  const day = before.reservedNano > 0 && parts.ledger.closeAbandoned() > 0 ? parts.day() : before;
  const forTheNightNano = batchReserveNano(parts, nowMs);
  const mayFit = day.reservedNano > forTheNightNano && fits(day.spentNano + forTheNightNano);
  return { outcome: "over-daily-budget", day, mayFit };
}
