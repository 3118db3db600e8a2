/** Whether a request may be sent, and the record that it is. Called inside a transaction. */
import { localDay } from "./daySpending.ts";
import { isUnderWay } from "./leases.ts";
import type { Intent, IntentAnswer, LookAnswer, LookIntent, PackAnswer, PackIntent } from "./intent.ts";
import type { PlannedUnit } from "./plan.ts";
import type { StoreParts } from "./storeParts.ts";

export interface IntentTerms {
  /** False: nothing stored is looked up. */
  readonly useCache: boolean;
  /** What the day may cost with this request; null: there is no daily budget. */
  readonly dailyLimitNano: number | null;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** How soon to look again for what another run of this process pays for. */
const LOOK_AGAIN_MS = 500;

/** The lease and the intent are one commit: whoever may send has already said so durably. */
export function recordIntent(parts: StoreParts, intent: Intent, terms: IntentTerms): IntentAnswer {
  const { useCache } = terms;
  const stored = useCache ? parts.reviews.find(intent.key) : undefined;
  if (stored) return { outcome: "answered", unit: stored };
  if (useCache && !intent.asksAgain && parts.batches.isOut(intent.key)) return { outcome: "submitted" };
  const answer = mayAsk(parts, intent, terms);
  if (answer.outcome === "granted") parts.history.save(intent.place, intent.key);
  return answer;
}

/** All of its units or none. */
export function recordPackIntent(parts: StoreParts, intent: PackIntent, terms: IntentTerms): PackAnswer {
  const { reviews, leases, batches, ledger, packs, history } = parts;
  const { units, requestId, key, runId } = intent;
  const { useCache } = terms;
  const answered = units.flatMap((unit) => {
    const stored = useCache ? reviews.find(unit.key) : undefined;
    return stored ? [{ key: unit.key, unit: stored }] : [];
  });
  const isFree = (wanted: string) => {
    // What was submitted for the night is not asked for a second time, and what is paid for is read by its unit alone.
    if (useCache && ((!intent.asksAgain && batches.isOut(wanted)) || unreadReply(parts, wanted))) return false;
    return !isPaidByOtherRun(parts, { key: wanted, runId }) && leases.acquire(wanted).granted;
  };
  const taken: string[] = [];
  const held: string[] = [];
  for (const wanted of [...units.map((unit) => unit.key), key]) (isFree(wanted) ? taken : held).push(wanted);
  const isWhole = answered.length === 0 && held.length === 0;
  const answer = isWhole ? withinTerms(parts, intent, terms) : GRANTED;
  if (!isWhole || answer.outcome !== "granted") {
    for (const one of taken) leases.release(one);
    return isWhole && answer.outcome !== "granted" ? answer : { outcome: "broken-up", answered, held };
  }
  ledger.intent(intent);
  packs.save(
    requestId,
    units.map((unit) => unit.key),
  );
  for (const unit of units) history.save(unit.place, unit.key);
  return answer;
}

/** As for a unit; what is stored of it is known by its claims. All of them are leased, or none. */
export function recordLookIntent(parts: StoreParts, intent: LookIntent, terms: IntentTerms): LookAnswer {
  const { leases, packs } = parts;
  // Whoever held a lease may have settled since they were looked for.
  if (terms.useCache && parts.looks.find(intent.looks).some(Boolean)) return { outcome: "held", expiresInMs: 0 };
  const claims = [...new Set(intent.looks.map(({ key }) => key))];
  const { runId } = intent;
  if (claims.some((key) => isPaidByOtherRun(parts, { key, runId })))
    return { outcome: "held", expiresInMs: LOOK_AGAIN_MS };
  const taken: string[] = [];
  const giveBack = () => taken.forEach((key) => leases.release(key));
  for (const key of claims) {
    const lease = leases.acquire(key);
    if (!lease.granted) {
      giveBack();
      return { outcome: "held", expiresInMs: lease.expiresInMs };
    }
    taken.push(key);
  }
  const answer = mayAsk(parts, intent, terms);
  if (answer.outcome === "granted") packs.save(intent.requestId, claims);
  else giveBack();
  return answer;
}

type Asking = Omit<Intent, "place">;

/** Whoever is told `granted` or `unread` has the lease. */
function mayAsk(parts: StoreParts, intent: Asking, terms: IntentTerms): LookAnswer {
  const { leases, ledger } = parts;
  if (isPaidByOtherRun(parts, intent)) return { outcome: "held", expiresInMs: LOOK_AGAIN_MS };
  const lease = leases.acquire(intent.key);
  if (!lease.granted) return { outcome: "held", expiresInMs: lease.expiresInMs };
  const rawReply = terms.useCache ? unreadReply(parts, intent.key) : null;
  if (rawReply) return { outcome: "unread", rawReply };
  const answer = withinTerms(parts, intent, terms);
  if (answer.outcome === "granted") ledger.intent(intent);
  else leases.release(intent.key);
  return answer;
}

/** A lease tells processes apart, not the runs of one. What is in a batch nobody waits for. */
export function isPaidByOtherRun({ db, ledger }: StoreParts, { key, runId }: Pick<Intent, "key" | "runId">): boolean {
  const other = ledger.openRun(key, runId);
  return other !== undefined && isUnderWay(db, other);
}

/** Also when it was about several units, of which this was one. */
function unreadReply({ ledger, packs }: StoreParts, key: string): PlannedUnit["rawReply"] {
  return ledger.unreadReply(key) ?? packs.unreadReply(key);
}

type DayAnswer = Extract<IntentAnswer, { readonly outcome: "granted" | "over-daily-budget" }>;

function withinTerms(parts: StoreParts, intent: Asking, { dailyLimitNano, nowMs }: IntentTerms): DayAnswer {
  return dailyLimitNano === null ? GRANTED : withinDay(parts, intent, dailyLimitNano, nowMs);
}

const GRANTED: DayAnswer = { outcome: "granted" };

/** Read and written in one transaction: of two windows that ask for the day's last cents one gets them. */
function withinDay(parts: StoreParts, { reservedNano }: Asking, limitNano: number, nowMs: number): DayAnswer {
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

/** What batches hold back of this day: it is not given back while anybody waits for it. */
function batchReserveNano({ batches }: StoreParts, nowMs: number): number {
  const { startMs, endMs } = localDay(nowMs);
  return batches.reservedNano(startMs, endMs);
}
