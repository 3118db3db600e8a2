/** Tells the failure of a unit from that of the whole run: a provider that fails them all is not asked for each. */
import type { ModelError } from "../model/modelError.ts";

/** So many units in a row, each after its own retries. */
const HOPELESS_AFTER = 3;

export interface HopelessCheck {
  /** A reply came in. */
  succeeded(): void;
  /** Call once for each unit that has failed. True: no other unit will fare better. */
  isFatal(error: ModelError): boolean;
}

export function createHopelessCheck(): HopelessCheck {
  let hasSucceeded = false;
  let inARow = 0;
  return {
    succeeded() {
      hasSucceeded = true;
      inARow = 0;
    },
    isFatal(error) {
      if (error.kind === "terminal" || error.kind === "cancelled") return true;
      const isSilent = error.code === "unreachable" || error.code === "timeout";
      // One that has never answered has been waited for long enough by a single unit.
      if (isSilent && !hasSucceeded) return true;
      if (error.code === "context-too-long") return false;
      inARow++;
      return inARow >= HOPELESS_AFTER && (isSilent || !hasSucceeded);
    },
  };
}
