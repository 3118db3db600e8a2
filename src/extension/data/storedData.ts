/** All that is kept on this machine, as the person who asks for it is told. Pure. */
import type { CacheStats } from "../../core/engine.ts";
import { describeOrigin } from "../../shared/endpoint.ts";
import { formatCount, formatUsd } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";
import { oneLine } from "../oneLine.ts";
import type { StoredKey } from "./storedKeys.ts";

export interface Agreement {
  readonly origin: string;
  readonly models: readonly string[];
}

export interface StoredData {
  readonly stats: CacheStats;
  readonly keys: readonly StoredKey[];
  /** To whom the user has agreed to send code. */
  readonly agreements: readonly Agreement[];
  /** Lines about earlier runs of this workspace, which VS Code keeps. */
  readonly recentRuns: number;
}

export function isNothingStored({ stats, keys, agreements, recentRuns }: StoredData): boolean {
  const { reviews, verdicts, analyses, dismissals, runs, ledgerRows } = stats;
  const counts = [
    reviews,
    verdicts,
    analyses,
    dismissals,
    runs,
    ledgerRows,
    keys.length,
    agreements.length,
    recentRuns,
  ];
  return counts.every((count) => count === 0);
}

/** What was spent according to the ledger, and what may have been. */
export function spentWords({ spentUsd, maybeBilledUsd }: CacheStats): string {
  const spent = formatUsd(spentUsd);
  return maybeBilledUsd > 0
    ? t("{0}, and up to {1} that may have been billed", spent, formatUsd(maybeBilledUsd))
    : spent;
}

export interface EraseQuestion {
  readonly title: string;
  readonly detail: string;
  /** The button that erases. */
  readonly accept: string;
}

/** @param isRunning a review is under way in this window: agreeing cancels it */
export function eraseQuestion(data: StoredData, isRunning: boolean): EraseQuestion {
  const { stats, keys, agreements } = data;
  const origins = keys.map(({ origin }) => describeOrigin(origin));
  const lines = [
    isRunning ? t("The review that is under way is cancelled first.") : "",
    "",
    t(
      "Reviews by models: {0}. They and all else that was asked cost {1}.",
      formatCount(stats.reviews),
      spentWords(stats),
    ),
    t("Results of the offline engine: {0}", formatCount(stats.analyses)),
    t("Ignored findings: {0}", formatCount(stats.dismissals)),
    t("Reports and runs: {0}, requests on record: {1}", formatCount(stats.runs), formatCount(stats.ledgerRows)),
    t("API keys: {0}", list(origins)),
    t("Agreements to send code: {0}", list(agreements.map(({ origin }) => describeOrigin(origin)))),
    "",
    t("This is for all workspaces and for the command line too, and cannot be undone."),
    stats.reviews > 0 ? t("Unchanged files will be sent and paid for again.") : "",
    t("Settings stay, and files of yours are not touched."),
  ];
  return {
    title: t("Erase all that Onceover keeps on this machine?"),
    detail: lines
      .join("\n")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trim(),
    accept: isRunning ? t("Cancel the Review and Erase All") : t("Erase All"),
  };
}

const SHOWN = 5;

function list(names: readonly string[]): string {
  if (names.length === 0) return t("none");
  const shown = [...new Set(names)].slice(0, SHOWN).map((name) => oneLine(name, 80));
  const rest = new Set(names).size - shown.length;
  return rest > 0 ? t("{0} and {1} more", shown.join(", "), rest) : shown.join(", ");
}
