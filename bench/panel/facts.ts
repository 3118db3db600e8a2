/** What the panel shows beside the run itself, as much of it as there can be. */
import type { MemoryFigures } from "../../src/shared/memoryFigures.ts";
import type { Spending } from "../../src/shared/panelFigures.ts";
import type { RunSummary } from "../../src/shared/panelProtocol.ts";

/** As full as the watcher lets it become. */
export const memory: MemoryFigures = {
  samples: Array.from({ length: 240 }, (_, index) => ({
    atMs: index * 1_000.25,
    rssBytes: 262_000_000 + index * 100_003,
    heapBytes: 61_000_000 + (index % 8) * 4_000_003,
    externalBytes: 9_000_000,
    collections: Math.floor(index / 8),
  })),
  trendBytesPerMinute: 40_000,
  holders: ["findings", "trace", "events"].map((name) => ({ name, bytes: 4_200_000, count: 412 })),
  limitBytes: 256 * 1024 * 1024,
  snapshots: Array.from({ length: 20 }, (_, index) => ({
    number: index + 1,
    takenAt: "2026-11-21T09:31:00Z",
    label: "run",
    rssBytes: 260_000_000,
    heapBytes: 60_000_000,
    externalBytes: 9_000_000,
    holders: ["findings", "trace", "events"].map((name) => ({ name, bytes: 4_200_000, count: 412 })),
  })),
  alert: null,
};

export const spending: Spending = {
  today: { usd: 0.34, runs: 7 },
  workspace: { usd: 2.87, since: "2026-11-03T08:00:00Z" },
  unknown: false,
};

/** As many as a panel is sent. */
export const recent: readonly RunSummary[] = Array.from({ length: 12 }, (_, index) => ({
  runId: `earlier-${index}`,
  startedAt: new Date(Date.UTC(2026, 10, 20 - index)).toISOString(),
  state: "complete",
  model: "gpt-5-mini",
  durationMs: 30_000 + index * 900,
  spentUsd: 0.1 + index * 0.01,
  costUnknown: false,
  cachedShare: 0.9,
  cache: { memory: 0.4, stored: 0.5 - index * 0.01, provider: 0.6 },
}));
