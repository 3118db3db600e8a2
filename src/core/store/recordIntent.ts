/** Whether a request may be sent, and the record that it is. Called inside a transaction. */
import { isUnderWay } from "./leases.ts";
import type { Intent, IntentAnswer } from "./store.ts";
import type { StoreParts } from "./storeParts.ts";

/** How soon to look again for what another run of this process pays for. */
const LOOK_AGAIN_MS = 500;

/**
 * The lease and the intent are one commit: whoever may send has already said so durably.
 * @param dailyLimitNano what the day may cost with this request; null: there is no daily budget
 */
export function recordIntent(
  parts: StoreParts,
  intent: Intent,
  useCache: boolean,
  dailyLimitNano: number | null,
): IntentAnswer {
  const stored = useCache ? parts.reviews.find(intent.key) : undefined;
  if (stored) return { outcome: "answered", unit: stored };
  // A lease tells processes apart, not the runs of one.
  const other = parts.ledger.openRun(intent.key, intent.runId);
  if (other !== undefined && isUnderWay(parts.db, other)) return { outcome: "held", expiresInMs: LOOK_AGAIN_MS };
  const lease = parts.leases.acquire(intent.key);
  if (!lease.granted) return { outcome: "held", expiresInMs: lease.expiresInMs };
  const rawReply = useCache ? parts.ledger.unreadReply(intent.key) : null;
  if (rawReply) return { outcome: "unread", rawReply };
  const answer = dailyLimitNano === null ? GRANTED : withinDay(parts, intent, dailyLimitNano);
  if (answer.outcome !== "granted") {
    parts.leases.release(intent.key);
    return answer;
  }
  parts.ledger.intent(intent);
  parts.history.save(intent.place, intent.key);
  return answer;
}

const GRANTED: IntentAnswer = { outcome: "granted" };

/** Read and written in one transaction: of two windows that ask for the day's last cents one gets them. */
function withinDay(parts: StoreParts, { reservedNano }: Intent, limitNano: number): IntentAnswer {
  const fits = (usedNano: number) => usedNano + reservedNano <= limitNano;
  const before = parts.day();
  if (fits(before.spentNano + before.reservedNano)) {
    return { outcome: "granted", day: { ...before, reservedNano: before.reservedNano + reservedNano } };
  }
  // Whose process is gone will not give back what it has reserved: nobody need wait for that.
  const day = before.reservedNano > 0 && parts.ledger.closeAbandoned() > 0 ? parts.day() : before;
  return { outcome: "over-daily-budget", day, mayFit: day.reservedNano > 0 && fits(day.spentNano) };
}
