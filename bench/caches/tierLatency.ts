/** How long an answer takes from each tier, through the port of the store's thread. */
import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStore } from "../../src/core/store/storeClient.ts";
import type { Store } from "../../src/core/store/store.ts";
import { intentOf, settlementOf } from "../../test/support/storeFixture.ts";

export interface TierLatency {
  readonly tier: "memory" | "disk";
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Asked all at once. */
  readonly perSecond: number;
}

const REVIEWS = 2_000;
const FINDINGS = 4;

const review = {
  summary: "Reads what the store keeps and says how long that takes.",
  findings: Array.from({ length: FINDINGS }, (_, at) => ({
    startLine: at,
    startColumn: 1,
    endLine: at,
    endColumn: 40,
    severity: "warning" as const,
    category: "bug" as const,
    rule: "model",
    title: `A value is read before it was written, in case ${at}`,
    detail: "The branch above returns early when there is nothing to read, and the caller takes what is left for true.",
    quote: "const value = values[index] ?? previous;",
    fix: null,
    confidence: 0.8,
    source: "model" as const,
  })),
  dropped: 0,
};

export async function measureTiers(): Promise<TierLatency[]> {
  const folder = mkdtempSync(join(tmpdir(), "onceover-caches-"));
  try {
    await withStore(folder, 0, fill);
    const keys = Array.from({ length: REVIEWS }, (_, at) => keyOf(at));
    const disk = await withStore(folder, 0, (store) => measure("disk", store, keys));
    const memory = await withStore(folder, 64 * 1024 * 1024, async (store) => {
      for (const key of keys) await find(store, key);
      return measure("memory", store, keys);
    });
    return [memory, disk];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function keyOf(at: number): string {
  return hash("sha256", `review ${at}`);
}

async function withStore<T>(folder: string, memoryBytes: number, work: (store: Store) => Promise<T>): Promise<T> {
  const store = startStore({ folder, ownerId: "bench", memoryBytes });
  try {
    await store.open();
    return await work(store);
  } finally {
    await store.close();
  }
}

async function fill(store: Store): Promise<void> {
  const all = Array.from({ length: REVIEWS }, async (_, at) => {
    await store.recordIntent(intentOf(`request${at}`, keyOf(at)), true);
    await store.settle(settlementOf(`request${at}`, keyOf(at), { review }));
  });
  await Promise.all(all);
}

async function find(store: Store, key: string): Promise<void> {
  const { outcome } = await store.recordIntent(intentOf("bench", key), true);
  if (outcome !== "answered") throw new Error(`The store says ${outcome} instead of its answer.`);
}

async function measure(tier: TierLatency["tier"], store: Store, keys: readonly string[]): Promise<TierLatency> {
  const times: number[] = [];
  for (const key of keys) {
    const startMs = performance.now();
    await find(store, key);
    times.push(performance.now() - startMs);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  const startMs = performance.now();
  await Promise.all(keys.map((key) => find(store, key)));
  const perSecond = (keys.length * 1000) / (performance.now() - startMs);
  return { tier, p50Ms: at(0.5), p99Ms: at(0.99), perSecond };
}
