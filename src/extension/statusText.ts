/** What the status bar says. Pure. */
import type { RunView } from "../shared/runView.ts";
import { formatCount, formatCountdown, formatPercent, formatUsd } from "../shared/format.ts";
import { t, tCount } from "../shared/localize.ts";
import type { SaveState } from "./onSave/saveStatus.ts";
import { shortProblem } from "./problems.ts";

export interface StatusInput {
  readonly view: RunView | null;
  /** A run was asked for and may not have sent its first event yet. */
  readonly isActive: boolean;
  /** A question about the run is open. */
  readonly isAsking: boolean;
  readonly isTrusted: boolean;
  /** True once the panel was opened since the run ended: colours that call for a look go. */
  readonly wasLookedAt: boolean;
  /** The clock of `RunView.waiting`. */
  readonly monotonicMs: number;
  /** Checks of saved files; missing: there were none. */
  readonly onSave?: SaveState;
}

export interface StatusText {
  /** With codicons, as a status bar item takes it. */
  readonly text: string;
  /** For screen readers, without icons. */
  readonly spoken: string;
  readonly colour: "plain" | "warning" | "error";
}

const WARN_AT = 0.8;

export function statusText(input: StatusInput): StatusText {
  const { icon, words, colour } = withSaves(choose(input), input);
  return { text: `$(${icon}) ${words}`, spoken: `Onceover: ${words}`, colour };
}

/** Quietly: the sign turns, nothing moves; a number only where saved work waits for somebody to ask for it. */
function withSaves(choice: Choice, { onSave, isActive }: StatusInput): Choice {
  if (!onSave || isActive) return choice;
  const words = join(choice.words, onSave.staleFiles > 0 ? t("{0} stale", formatCount(onSave.staleFiles)) : null);
  return { ...choice, words, icon: onSave.isChecking ? "sync~spin" : choice.icon };
}

interface Choice {
  readonly icon: string;
  readonly words: string;
  readonly colour: StatusText["colour"];
}

function choose(input: StatusInput): Choice {
  const { view, isActive } = input;
  if (input.isAsking) return plain("question", t("waits for your answer"));
  if (isActive)
    return view?.state === "running" ? running(view, input.monotonicMs) : plain("sync~spin", t("counting files"));
  const ended = view && view.state !== "idle" ? afterRun(view) : undefined;
  if (ended) return input.wasLookedAt ? { ...ended, colour: "plain" } : ended;
  return input.isTrusted ? plain("pulse", "Onceover") : plain("shield", t("offline only"));
}

function plain(icon: string, words: string): Choice {
  return { icon, words, colour: "plain" };
}

function running(view: RunView, monotonicMs: number): Choice {
  const money = moneyOf(view);
  if (view.waiting && view.waiting.untilMonotonicMs > monotonicMs) {
    return plain(
      "clock",
      join(t("goes on in {0}", formatCountdown(view.waiting.untilMonotonicMs - monotonicMs)), money),
    );
  }
  if (view.budgetUsd !== null && view.budgetUsd > 0 && view.spentUsd >= WARN_AT * view.budgetUsd) {
    const words = t("{0} of {1}", formatUsd(view.spentUsd), formatUsd(view.budgetUsd));
    return { icon: "warning", words, colour: "warning" };
  }
  const { daily } = view;
  if (daily && daily.usedUsd - view.reservedUsd >= WARN_AT * daily.limitUsd) {
    const words = t("{0} of {1} today", formatUsd(daily.usedUsd), formatUsd(daily.limitUsd));
    return { icon: "warning", words, colour: "warning" };
  }
  return plain("sync~spin", workWords(view, money));
}

/** Where all was known, nothing is left to count. */
function workWords(view: RunView, money: string | null): string {
  const { done, total } = workOf(view);
  if (total > 0) return join(t("{0} of {1}", formatCount(done), formatCount(total)), money);
  return view.cachedShare > 0 ? t("{0} cached", formatPercent(view.cachedShare)) : t("counting files");
}

/** Files that are not answered from the cache: what there is to do, and how much of it is done. */
export function workOf(view: RunView): { readonly done: number; readonly total: number } {
  const { files, skipped, cached, reviewed, failed } = view.coverage;
  return { done: reviewed + failed, total: Math.max(0, files - skipped - cached) };
}

function wallReached({ daily, error }: RunView): string {
  if (daily?.reached) return t("daily budget reached");
  return error?.code === "quote-reached" ? t("agreed sum reached") : t("budget reached");
}

function afterRun(view: RunView): Choice | undefined {
  const { pending, failed } = view.coverage;
  const waiting = pending > 0 ? t("{0} pending", formatCount(pending)) : null;
  switch (view.state) {
    case "error":
      return { icon: "error", words: join(shortProblem(view.error?.code ?? "internal"), waiting), colour: "error" };
    case "budget":
      return {
        icon: "circle-slash",
        words: join(wallReached(view), waiting),
        colour: "warning",
      };
    case "cancelled":
      return plain("circle-slash", join(t("cancelled"), waiting));
    case "interrupted":
      return plain("debug-disconnect", t("interrupted"));
    case "running":
      return plain("debug-disconnect", join(t("interrupted"), moneyOf(view)));
    case "partial":
    case "complete":
      if (view.coverage.files === 0) return plain("pulse", t("no file to review"));
      if (failed > 0) return plain("warning", join(t("{0} failed", formatCount(failed)), moneyOf(view)));
      if (pending > 0) return plain("warning", join(t("{0} pending", formatCount(pending)), moneyOf(view)));
      return plain("pulse", restingWords(view));
    case "idle":
      return undefined;
  }
}

function restingWords(view: RunView): string {
  if (view.provider === "offline") {
    return join(tCount(countFindings(view), "{0} finding", "{0} findings"), t("offline"));
  }
  return `${moneyOf(view)} · ${t("{0} cached", formatPercent(view.cachedShare))}`;
}

export function countFindings({ findings }: RunView): number {
  return findings.error + findings.warning + findings.info;
}

/** null where no money is involved; unknown is never shown as 0. */
function moneyOf(view: RunView): string | null {
  if (view.provider === "offline") return null;
  return view.costUnknown ? t("cost unknown") : formatUsd(view.spentUsd);
}

function join(first: string, second: string | null): string {
  return second === null ? first : `${first} · ${second}`;
}
