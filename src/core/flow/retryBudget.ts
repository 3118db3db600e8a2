/** How many requests of a run may be sent again in all: a provider that is down is not asked three times for each file. */
const SHARE = 0.1;
const MINIMUM = 3;

export interface RetryBudget {
  /** A request is sent for the first time. */
  sent(): void;
  /** Takes one retry out. False: none is left. */
  take(): boolean;
  readonly taken: number;
}

/** One tenth of the requests that were sent so far, and at least three. */
export function createRetryBudget({ share = SHARE, minimum = MINIMUM } = {}): RetryBudget {
  let sent = 0;
  let taken = 0;
  return {
    sent: () => void sent++,
    take() {
      if (taken >= Math.max(minimum, Math.floor(sent * share))) return false;
      taken++;
      return true;
    },
    get taken() {
      return taken;
    },
  };
}
