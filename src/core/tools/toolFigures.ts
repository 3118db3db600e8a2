/** What tools were asked and what it took. */
import { createLatency, type Latency } from "../profile/latency.ts";

/** `made`: it ran. `cached`: its answer was known. `shared`: somebody else had just asked the same. */
export type ToolSource = "made" | "cached" | "shared";

export interface ToolFigures {
  readonly name: string;
  readonly calls: number;
  /** Answered without running: cached and shared ones. */
  readonly hits: number;
  readonly failures: number;
  /** Of all answers, as JSON. */
  readonly bytes: number;
  /** From the call to its answer. */
  readonly ms: { readonly p50: number; readonly p95: number };
  readonly hitMs: { readonly p50: number; readonly p95: number };
}

interface Counted {
  calls: number;
  hits: number;
  failures: number;
  bytes: number;
  readonly ms: Latency;
  readonly hitMs: Latency;
}

export function createToolFigures() {
  const counted = new Map<string, Counted>();
  return {
    /** @param source null: it failed */
    count(name: string, source: ToolSource | null, ms: number, bytes: number): void {
      const one = counted.get(name) ?? fresh();
      counted.set(name, one);
      one.calls++;
      one.bytes += bytes;
      one.ms.record(ms);
      if (source === null) one.failures++;
      if (source !== "cached" && source !== "shared") return;
      one.hits++;
      one.hitMs.record(ms);
    },
    /** By name; tools that were never called are left out. */
    list(): ToolFigures[] {
      const all = [...counted].map(([name, { ms, hitMs, ...rest }]) => ({
        name,
        ...rest,
        ms: two(ms),
        hitMs: two(hitMs),
      }));
      return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

function fresh(): Counted {
  return { calls: 0, hits: 0, failures: 0, bytes: 0, ms: createLatency(), hitMs: createLatency() };
}

function two(latency: Latency): { p50: number; p95: number } {
  const { p50, p95 } = latency.percentiles();
  return { p50, p95 };
}
