/** What the webviews are looked at with: one source for each state that a run can be in. */
import type { RunSummary } from "../../src/shared/panelProtocol.ts";
import { createRunReader } from "../../src/shared/runReader.ts";
import { type ShopOptions, shopRun } from "./scriptedRun.ts";
import { type ScriptedFacts, type ScriptedSource, scriptedSource } from "./scriptedSource.ts";

const openai = { provider: "openai", model: "gpt-5-mini", budgetUsd: 1, keySet: true } as const;

const recent: readonly RunSummary[] = [
  earlierRun("earlier-2", 190, { spentUsd: 0.034, cachedShare: 0.97, durationMs: 12_400 }),
  earlierRun("earlier-1", 215, { spentUsd: 0.118, cachedShare: 0.87, durationMs: 38_900, state: "cancelled" }),
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

const refused = {
  code: "invalid-key",
  message: "api.openai.com answered 401 to the first request. Nothing else was sent and nothing was charged.",
};

export const webviewScenes: Readonly<Record<string, () => ScriptedSource>> = {
  first: () => scriptedSource(),
  restricted: () => scriptedSource({ trusted: false }),
  running: played({ ended: 17 }),
  complete: played({ end: { stoppedBy: null } }, { recent }),
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
