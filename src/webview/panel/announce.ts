import type { RunView } from "../../shared/runView.ts";
import { t, tCount } from "../../shared/localize.ts";
import { workOf } from "../common/coverageShares.ts";
import { describeRun, type RunSituation } from "./describeRun.ts";

/** How far a run had been told of. */
export interface Announced {
  readonly runId: string | null;
  readonly state: RunView["state"] | null;
  /** 0 to 3. */
  readonly quarter: number;
}

export const nothingAnnounced: Announced = { runId: null, state: null, quarter: 0 };

/**
 * What a screen reader should say, politely: that a run started, each quarter of it, and how it ended. What had ended
 * before the view was opened is not news.
 */
export function announce(
  before: Announced,
  situation: RunSituation,
): { readonly announced: Announced; readonly text: string | null } {
  const { view } = situation;
  if (!view) return { announced: before, text: null };
  const isNew = before.runId !== view.runId;
  const { done, total } = workOf(view);
  const quarter = view.state === "running" && total > 0 ? Math.min(3, Math.floor((done / total) * 4)) : 0;
  const announced: Announced = {
    runId: view.runId,
    state: view.state,
    quarter: isNew ? quarter : Math.max(before.quarter, quarter),
  };
  return { announced, text: news() };

  function news(): string | null {
    if (!view) return null;
    if (view.state !== "running") return before.state === "running" ? ending(situation, view) : null;
    if (isNew || before.state !== "running") return t("Review started.");
    return announced.quarter > before.quarter ? t("{0} percent reviewed.", announced.quarter * 25) : null;
  }
}

function ending(situation: RunSituation, view: RunView): string {
  const { error, warning, info } = view.findings;
  const found = [
    tCount(error, "{0} error", "{0} errors"),
    tCount(warning, "{0} warning", "{0} warnings"),
    tCount(info, "{0} info", "{0} infos"),
  ];
  return t("{0}: {1}.", describeRun(situation).title, found.join(", "));
}

/**
 * What a screen reader should say of alerts that were not there before: once each, though their figures change.
 *
 * @param before kinds that were there; null: the view has just been opened
 */
export function announceAlerts(
  before: readonly string[] | null,
  alerts: readonly { readonly kind: string; readonly text: string }[],
): string | null {
  const texts = alerts.filter(({ kind }) => before?.includes(kind) === false).map(({ text }) => text);
  return texts.length === 0 ? null : texts.join(" ");
}
