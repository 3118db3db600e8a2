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
   * does not fit is rejected at once. Rejects with the signal's reason when aborted while waiting.
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

  const needed = (nano: number) => Math.ceil(nano * excess);
  const fits = (nano: number) => spentNano + reservedNano + needed(nano) <= limitNano;

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
    for (let next = waiters[0]; next; next = waiters[0]) {
      const doesFit = fits(next.nano);
      // What is in flight may cost less than reserved: nobody is turned away before that is known.
      if (!doesFit && inFlight > 0 && !reached) return;
      waiters.shift();
      if (doesFit) next.grant(hold(next.nano));
      else {
        reached = true;
        next.reject(budgetReached(limitUsd ?? 0, fromNano(spentNano), fromNano(needed(next.nano))));
      }
    }
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

function budgetReached(limitUsd: number, spentUsd: number, nextUsd: number): OnceoverError {
  const message =
    `The budget of ${formatUsd(limitUsd, limitUsd < 1 ? "file" : "headline")} is reached: ${formatUsd(spentUsd, "file")} is spent ` +
    `and the next request may cost up to ${formatUsd(nextUsd, "file")}.`;
  return new OnceoverError("budget-reached", message, {
    advice: "What was reviewed is kept: raise the budget and run again to go on from there.",
  });
}
