/** Adds up what a run cost, from the providers' own usage fields. Whole nano-dollars inside: no rounding drifts. */
import type { RequestUsage } from "../../shared/events.ts";
import type { SavedBy, UsageTotals } from "../../shared/report.ts";

export interface CostMeter {
  /** A request that got a reply. `costNano` null: price or usage unknown. */
  paid(usage: RequestUsage | null, costNano: number | null): void;
  /** A request that ended without a reply, and may have been billed. */
  maybe(nano: number): void;
  /** A stored answer was used instead of a request, or a request cost less than its list price. */
  saved(nano: number | null, by: keyof SavedBy): void;
  retried(): void;
  requested(): void;
  /** It brought no reply of use. */
  failed(): void;
  readonly spentNano: number;
  readonly savedNano: number;
  savedBy(): SavedBy;
  readonly maybeNano: number;
  readonly unknown: boolean;
  usage(): UsageTotals;
}

export function createCostMeter(): CostMeter {
  const totals = {
    requests: 0,
    retries: 0,
    failed: 0,
    inputTokens: 0,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
  };
  const savedNanoBy = { memory: 0, disk: 0, team: 0, inFlight: 0, semantic: 0, provider: 0 };
  const money = { spentNano: 0, savedNano: 0, maybeNano: 0, unknown: false };
  return {
    paid(usage, costNano) {
      totals.inputTokens += usage?.inputTokens ?? 0;
      totals.cachedInputTokens += usage?.cachedInputTokens ?? 0;
      totals.cacheWriteTokens += usage?.cacheWriteTokens ?? 0;
      totals.outputTokens += usage?.outputTokens ?? 0;
      if (costNano === null) money.unknown = true;
      else money.spentNano += costNano;
    },
    maybe: (nano) => void (money.maybeNano += nano),
    saved(nano, by) {
      money.savedNano += nano ?? 0;
      savedNanoBy[by] += nano ?? 0;
    },
    savedBy() {
      const { memory, disk, team, inFlight, semantic, provider } = savedNanoBy;
      return {
        memory: fromNano(memory),
        disk: fromNano(disk),
        team: fromNano(team),
        inFlight: fromNano(inFlight),
        semantic: fromNano(semantic),
        provider: fromNano(provider),
      };
    },
    retried: () => void totals.retries++,
    requested: () => void totals.requests++,
    failed: () => void totals.failed++,
    get spentNano() {
      return money.spentNano;
    },
    get savedNano() {
      return money.savedNano;
    },
    get maybeNano() {
      return money.maybeNano;
    },
    get unknown() {
      return money.unknown;
    },
    usage: () => ({ ...totals }),
  };
}

/** Whole nano-dollars, the unit in which money is added and stored. */
export function toNano(usd: number): number {
  return Math.round(usd * 1e9);
}

export function fromNano(nano: number): number {
  return nano / 1e9;
}
