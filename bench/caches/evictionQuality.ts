/** How much of the work of making things again is spared, by who chooses what goes. */
import { chooseEvicted, type Evictable } from "../../src/core/cache/evictionOrder.ts";
import type { TracedRow, UseTrace } from "./useTraces.ts";

export type Policy = "value" | "least recently used" | "least often used";

export const POLICIES: readonly Policy[] = ["value", "least recently used", "least often used"];

const DAY_MS = 86_400_000;

type Kept = TracedRow & Evictable;

export interface Quality {
  /** Of the milliseconds that a store without bounds would spare. */
  readonly sparedCost: number;
  /** Of the answers that such a store would give. */
  readonly hits: number;
}

/** @param maxBytes after each day as much has to go as does not fit */
export function evictionQuality({ days }: UseTrace, policy: Policy, maxBytes: number): Quality {
  const kept = new Map<number, Kept>();
  const seen = new Set<number>();
  const spared = { ms: 0, allMs: 0, hits: 0, all: 0 };
  for (const [day, asked] of days.entries()) {
    const nowMs = day * DAY_MS;
    for (const row of asked) {
      const known = kept.get(row.id);
      if (seen.has(row.id)) {
        spared.allMs += row.costMs;
        spared.all++;
      }
      if (known) {
        spared.ms += row.costMs;
        spared.hits++;
      }
      seen.add(row.id);
      kept.set(row.id, { ...row, uses: known ? known.uses + 1 : 0, usedAtMs: nowMs });
    }
    for (const { id } of evicted([...kept.values()], policy, maxBytes, nowMs)) kept.delete(id);
  }
  return { sparedCost: spared.ms / spared.allMs, hits: spared.hits / spared.all };
}

function evicted(all: readonly Kept[], policy: Policy, maxBytes: number, nowMs: number): readonly Kept[] {
  if (policy === "value") return chooseEvicted(all, maxBytes, nowMs);
  let total = all.reduce((sum, row) => sum + row.bytes, 0);
  const order = policy === "least recently used" ? byLastUse : byUses;
  const gone: Kept[] = [];
  for (const row of all.toSorted(order)) {
    if (total <= maxBytes) break;
    gone.push(row);
    total -= row.bytes;
  }
  return gone;
}

function byLastUse(a: Kept, b: Kept): number {
  return a.usedAtMs - b.usedAtMs || a.id - b.id;
}

function byUses(a: Kept, b: Kept): number {
  return a.uses - b.uses || byLastUse(a, b);
}
