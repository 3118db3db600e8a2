/** A wall: money is reserved before a request and settled after it, and both together never pass the limit. */
import { OnceoverError } from "../../shared/errors.ts";
import { formatUsd } from "../../shared/format.ts";
import { onAbort } from "./onAbort.ts";
import { fromNano, toNano } from "../profile/costMeter.ts";

const WARNING_SHARE = 0.8;

export interface Reservation {
  /** What is held back until settled or released. */
  readonly usd: number;
  /** What the request has cost in truth. Only the first of `settle` and `release` counts. */
  settle(actualUsd: number): void;
  /** Nothing was spent. */
  release(): void;
}

export interface Budget {
  /**
   * Resolves when so much more fits. While others are in flight it waits for what they leave over, first come, first
   * served. Rejects with `budget-reached` when nothing is in flight and it still does not fit; from then on whatever
   * does not fit is rejected at once. With `quote-reached` where nobody agreed to more. Rejects with the signal's reason when aborted while waiting.
   */
  reserve(usd: number, signal?: AbortSignal): Promise<Reservation>;
  readonly limitUsd: number | null;
  readonly spentUsd: number;
  readonly reservedUsd: number;
  /** Something has been turned away. */
  readonly reached: boolean;
}

export interface BudgetOptions {
  /** Counts against the limit: what was spent before, in the same run or on the same day. */
  readonly spentBeforeUsd?: number;
  /** Once, when four fifths of the limit are spent. */
  readonly onWarning?: () => void;
  /** A lower wall, which somebody may raise; missing: there is none. */
  readonly agreement?: Agreement;
}

/** What somebody was told that it costs at most. */
export interface Agreement {
  readonly usd: number;
  /**
   * More is needed and nothing is in flight: nothing goes on before this resolves. With a higher sum it becomes the
   * wall, up to the limit; with null the budget is reached.
   */
  ask(needed: {
    readonly agreedUsd: number;
    readonly spentUsd: number;
    readonly nextUsd: number;
  }): Promise<number | null>;
}

interface Waiter {
  readonly nano: number;
  grant(reservation: Reservation): void;
  reject(error: unknown): void;
}

/** @param limitUsd null: no wall, everything fits */
export function createBudget(limitUsd: number | null, options: BudgetOptions = {}): Budget {
  const limitNano = limitUsd === null ? Infinity : toNano(limitUsd);
  const waiters: Waiter[] = [];
  let spentNano = toNano(options.spentBeforeUsd ?? 0);
  let reservedNano = 0;
  let inFlight = 0;
  let reached = false;
  let warned = false;
  // A provider that bills above its reservation shows that reservations are too low: later ones are raised likewise.
  let excess = 1;

  const { agreement } = options;
  let agreedNano = agreement ? toNano(agreement.usd) : Infinity;
  let isAsking = false;

  const needed = (nano: number) => Math.ceil(nano * excess);
  const fits = (nano: number) => spentNano + reservedNano + needed(nano) <= Math.min(limitNano, agreedNano);

  /** Whether to wait for an answer instead of turning the next one away. */
  const asksFor = (nano: number): boolean => {
    const neededNano = spentNano + reservedNano + needed(nano);
    if (!agreement || reached || neededNano <= agreedNano || neededNano > limitNano) return false;
    isAsking = true;
    const money = { agreedUsd: fromNano(agreedNano), spentUsd: fromNano(spentNano), nextUsd: fromNano(needed(nano)) };
    agreement
      .ask(money)
      .catch(() => null)
      .then((usd) => {
        isAsking = false;
        if (usd === null) agreedNano = -Infinity;
        else agreedNano = Math.max(toNano(usd), neededNano);
        reached ||= usd === null;
        admit();
      });
    return true;
  };

  const warn = () => {
    if (warned || spentNano < limitNano * WARNING_SHARE) return;
    warned = true;
    options.onWarning?.();
  };

  const hold = (nano: number): Reservation => {
    const heldNano = needed(nano);
    reservedNano += heldNano;
    inFlight++;
    let isOpen = true;
    const close = (actualNano: number) => {
      if (!isOpen) return;
      isOpen = false;
      reservedNano -= heldNano;
      inFlight--;
      spentNano += actualNano;
      if (nano > 0) excess = Math.max(excess, actualNano / nano);
      warn();
      admit();
    };
    return { usd: fromNano(heldNano), settle: (actualUsd) => close(wholeNano(actualUsd)), release: () => close(0) };
  };

  const admit = () => {
    if (isAsking) return;
    for (let next = waiters[0]; next; next = waiters[0]) {
      const doesFit = fits(next.nano);
      // What is in flight may cost less than reserved: nobody is turned away before that is known.
      if (!doesFit && inFlight > 0 && !reached) return;
      if (!doesFit && asksFor(next.nano)) return;
      waiters.shift();
      if (doesFit) next.grant(hold(next.nano));
      else {
        reached = true;
        next.reject(turnedAway(next.nano));
      }
    }
  };

  const turnedAway = (nano: number) => {
    const nextUsd = fromNano(needed(nano));
    if (agreedNano >= 0) return budgetReached(limitUsd ?? 0, fromNano(spentNano), nextUsd);
    return quoteReached(agreement?.usd ?? 0, fromNano(spentNano), nextUsd);
  };

  return {
    async reserve(usd, signal) {
      const nano = wholeNano(usd);
      signal?.throwIfAborted();
      return new Promise<Reservation>((resolve, reject) => {
        const waiter: Waiter = {
          nano,
          grant: (reservation) => (stopListening(), resolve(reservation)),
          reject: (error) => (stopListening(), reject(error as Error)),
        };
        const stopListening = onAbort(signal, () => {
          waiters.splice(waiters.indexOf(waiter), 1);
          reject(signal?.reason as Error);
          admit();
        });
        waiters.push(waiter);
        admit();
      });
    },
    limitUsd,
    get spentUsd() {
      return fromNano(spentNano);
    },
    get reservedUsd() {
      return fromNano(reservedNano);
    },
    get reached() {
      return reached;
    },
  };
}

function wholeNano(usd: number): number {
  if (!Number.isFinite(usd) || usd < 0) throw new RangeError(`Not an amount of money: ${usd}`);
  return toNano(usd);
}

function quoteReached(agreedUsd: number, spentUsd: number, nextUsd: number): OnceoverError {
  const message =
    `The run was to cost at most ${formatUsd(agreedUsd, "file")}: ${formatUsd(spentUsd, "file")} is spent and the next ` +
    `request may cost up to ${formatUsd(nextUsd, "file")}.`;
  return new OnceoverError("quote-reached", message, {
    advice: "What was reviewed is kept: run again, with a new estimate of the rest, to go on from there.",
  });
}

function budgetReached(limitUsd: number, spentUsd: number, nextUsd: number): OnceoverError {
  const message =
    `The budget of ${formatUsd(limitUsd, limitUsd < 1 ? "file" : "headline")} is reached: ${formatUsd(spentUsd, "file")} is spent ` +
    `and the next request may cost up to ${formatUsd(nextUsd, "file")}.`;
  return new OnceoverError("budget-reached", message, {
    advice: "What was reviewed is kept: raise the budget and run again to go on from there.",
  });
}
