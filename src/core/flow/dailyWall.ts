/**
 * The daily budget as one run sees it. The store decides, in the transaction that records a request: other windows and
 * the command line spend from the same day. Here is what follows for the run: to wait, to warn, or to stop.
 */
import { OnceoverError } from "../../shared/errors.ts";
import { formatUsd } from "../../shared/format.ts";
import type { DailyBudget } from "../../shared/report.ts";
import type { Clock } from "../ports.ts";
import { fromNano, toNano } from "../profile/costMeter.ts";

const WARNING_SHARE = 0.8;
const POLL_MS = 250;
/** Longer than any request lasts: what is still reserved by then belongs to somebody who will not settle it. */
const GIVE_UP_AFTER_MS = 15 * 60_000;

/** What the store knows of a day, as `DaySpending` in its port. */
interface Day {
  readonly spentNano: number;
  readonly reservedNano: number;
  readonly endsAtMs: number;
}

export interface DailyWall {
  /** null: no wall. */
  readonly limitNano: number | null;
  /** As last heard of; undefined: there is no wall, or nothing was heard yet. */
  readonly state: DailyBudget | undefined;
  note(day: Day): void;
  /**
   * A request did not fit. Resolves when it is worth asking again: what is in flight may cost less than reserved.
   * @param needed what it may cost
   * @param waitedMs since it was first turned away
   * @throws budget-reached when it cannot fit today
   */
  turnedAway(
    held: { readonly day: Day; readonly mayFit: boolean },
    needed: { readonly usd: number; readonly waitedMs: number },
    signal: AbortSignal,
  ): Promise<void>;
}

export interface DailyWallOptions {
  /** null: no wall. */
  readonly limitUsd: number | null;
  readonly clock: Clock;
  readonly onChange: (state: DailyBudget) => void;
  /** Once, when four fifths of the limit are spent. */
  readonly onWarning: (state: DailyBudget) => void;
}

export function createDailyWall({ limitUsd, clock, onChange, onWarning }: DailyWallOptions): DailyWall {
  const limitNano = limitUsd === null ? null : toNano(limitUsd);
  let state: DailyBudget | undefined;
  let reached = false;
  let warned = false;

  const note = (day: Day) => {
    if (limitUsd === null || limitNano === null) return;
    const endsAt = new Date(day.endsAtMs).toISOString();
    state = { limitUsd, usedUsd: fromNano(day.spentNano + day.reservedNano), endsAt, reached };
    onChange(state);
    if (warned || day.spentNano < limitNano * WARNING_SHARE) return;
    warned = true;
    onWarning(state);
  };

  return {
    limitNano,
    get state() {
      return state;
    },
    note,
    async turnedAway({ day, mayFit }, { usd, waitedMs }, signal) {
      reached ||= !mayFit || waitedMs > GIVE_UP_AFTER_MS;
      note(day);
      if (reached) throw dailyBudgetReached(limitUsd ?? 0, day, usd);
      await clock.sleep(POLL_MS, signal);
    },
  };
}

function dailyBudgetReached(limitUsd: number, { spentNano, reservedNano, endsAtMs }: Day, nextUsd: number) {
  const reserved = reservedNano > 0 ? ` and ${formatUsd(fromNano(reservedNano), "file")} reserved` : "";
  const message =
    `The daily budget of ${formatUsd(limitUsd, limitUsd < 1 ? "file" : "headline")} is reached: ` +
    `${formatUsd(fromNano(spentNano), "file")} is spent${reserved} today, and the next request may cost up to ` +
    `${formatUsd(nextUsd, "file")}. It starts anew on ${localDate(endsAtMs)} at midnight.`;
  return new OnceoverError("budget-reached", message, {
    advice: "What was reviewed is kept: run again then, or raise the daily budget, to go on from there.",
  });
}

function localDate(epochMs: number): string {
  const day = new Date(epochMs);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
