/** What the webviews are looked at with: one source for each state that a run can be in. */
import type { RunEvent } from "../../src/shared/events.ts";
import type { MemoryFigures } from "../../src/shared/memoryFigures.ts";
import type { Outstanding, Spending } from "../../src/shared/panelFigures.ts";
import type { RunSummary } from "../../src/shared/panelProtocol.ts";
import { createRunReader } from "../../src/shared/runReader.ts";
import { type ScriptedRun, type ShopOptions, shopRun } from "./scriptedRun.ts";
import { type ScriptedFacts, type ScriptedSource, scriptedSource } from "./scriptedSource.ts";

const openai = { provider: "openai", model: "gpt-5-mini", budgetUsd: 1, keySet: true } as const;

const recent: readonly RunSummary[] = [
  earlierRun("earlier-2", 190, {
    spentUsd: 0.034,
    cachedShare: 0.97,
    durationMs: 12_400,
    cache: { memory: 0.4, stored: 0.55, provider: 0.62 },
  }),
  earlierRun("earlier-1", 215, {
    spentUsd: 0.118,
    cachedShare: 0.87,
    durationMs: 38_900,
    state: "cancelled",
    cache: { memory: 0, stored: 0.85, provider: 0.4 },
  }),
];

function earlierRun(runId: string, minutesAgo: number, changes: Partial<RunSummary>): RunSummary {
  const startedAt = new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const base = { model: "gpt-5-mini", costUnknown: false, state: "complete" } as const;
  return { runId, startedAt, durationMs: 0, spentUsd: 0, cachedShare: 0, ...base, ...changes };
}

function played(options: ShopOptions, facts: Partial<ScriptedFacts> = {}): () => ScriptedSource {
  return () => {
    const source = scriptedSource({
      settings: options.offline ? { ...openai, provider: "offline", model: null } : openai,
      ...facts,
    });
    for (const event of shopRun(options).events) source.push(event);
    return source;
  };
}

const holders = [
  { name: "findings", bytes: 4_200_000, count: 412 },
  { name: "trace", bytes: 1_800_000, count: 2_310 },
  { name: "events", bytes: 900_000, count: 871 },
];

const memory: MemoryFigures = {
  host: { activationMs: 4.2, loopDelayMs: { p50: 0.4, p99: 11.8, max: 63 } },
  samples: Array.from({ length: 40 }, (_, index) => ({
    atMs: index * 1_000,
    rssBytes: 262_000_000 + index * 100_000,
    heapBytes: 61_000_000 + (index % 8) * 4_000_000,
    externalBytes: 9_000_000,
    collections: Math.floor(index / 8),
  })),
  trendBytesPerMinute: 40_000,
  holders,
  limitBytes: 256 * 1024 * 1024,
  snapshots: [3, 2, 1].map((number) => ({
    number,
    takenAt: `2026-11-21T09:3${number}:00Z`,
    label: number === 2 ? "asked" : "run",
    rssBytes: 260_000_000 + number * 1_000_000,
    heapBytes: 60_000_000 + number * 2_000_000,
    externalBytes: 9_000_000,
    holders: holders.map((holder) => ({ ...holder, bytes: holder.bytes - (3 - number) * 200_000 })),
  })),
  alert: null,
};

const spending: Spending = {
  today: { usd: 0.34, runs: 7 },
  workspace: { usd: 2.87, since: "2026-11-03T08:00:00Z" },
  unknown: false,
};

const overnight: Outstanding = { units: 12, atMostUsd: 0.09, submittedAt: "2026-11-20T21:04:00Z" };

/** Requests that fail and slow down, and most of the budget spent. */
function trouble(run: ScriptedRun): readonly RunEvent[] {
  const before = run.events.length;
  const paths = ["src/orders/export.ts"];
  for (let index = 0; index < 80; index++) {
    const requestId = `late-${index}`;
    const outcome = index % 2 === 0 ? "failed" : "ok";
    run.add({ type: "request-start", requestId, paths, attempt: 1 + (index % 3), reservedUsd: 0.01 }, 20);
    run.add(
      {
        type: "request-end",
        requestId,
        paths,
        outcome,
        code: outcome === "failed" ? "server-error" : null,
        ms: 41_000,
        usage: null,
        costUsd: 0,
        maybeBilledUsd: 0,
      },
      300,
    );
  }
  run.add({ type: "money", spentUsd: 0.86, reservedUsd: 0.05, savedUsd: 0.7, maybeBilledUsd: 0, unknown: false });
  return run.events.slice(before);
}

const refused = {
  code: "invalid-key",
  message: "api.openai.com answered 401 to the first request. Nothing else was sent and nothing was charged.",
};

export const webviewScenes: Readonly<Record<string, () => ScriptedSource>> = {
  first: () => scriptedSource(),
  restricted: () => scriptedSource({ trusted: false }),
  running: played({ ended: 17 }),
  complete: played({ end: { stoppedBy: null } }, { recent, memory, spending, overnight }),
  leaking: played(
    { end: { stoppedBy: null } },
    { memory: { ...memory, alert: { kind: "leak", holder: "events", bytes: 88_000_000, growthBytes: 61_000_000 } } },
  ),
  troubled: () => {
    const run = shopRun({ ended: 20 });
    const source = scriptedSource({ settings: openai, memory });
    for (const event of run.events) source.push(event);
    for (const event of trouble(run)) source.push(event);
    return source;
  },
  partial: played({ failed: 2, end: { stoppedBy: null } }),
  cancelled: played({ ended: 20, end: { stoppedBy: "cancel" } }),
  budget: played({ ended: 30, budgetUsd: 0.1, end: { stoppedBy: "budget" } }),
  error: played({ ended: 0, end: { stoppedBy: "error", error: refused } }),
  offline: played({ offline: true, end: { stoppedBy: null } }),
  interrupted: () => {
    const source = played({ ended: 12 })();
    return { ...source, current: () => ({ ...(source.current() ?? createRunReader().view()), state: "interrupted" }) };
  },
};
