import { cacheSharesOf } from "../../shared/cacheShares.ts";
import type { RunSummary } from "../../shared/panelProtocol.ts";
import { hasFigures } from "./hasFigures.ts";
import type { PanelState } from "./panelState.ts";

/** Newest first: the one that is shown, if it is over, and those before it. */
export function knownRuns({
  view,
  details,
  recent,
}: Pick<PanelState, "view" | "details" | "recent">): readonly RunSummary[] {
  if (!hasFigures(view) || view.state === "running") return recent;
  const { runId, startedAt, state, model, elapsedMs: durationMs, spentUsd, costUnknown, cachedShare } = view;
  const cache = details && cacheSharesOf(details.caches, details.caches.promptCache);
  const shown = { runId, startedAt, state, model, durationMs, spentUsd, costUnknown, cachedShare };
  return [{ ...shown, ...(cache && { cache }) }, ...recent];
}
