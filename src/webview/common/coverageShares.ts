import type { RunView } from "../../shared/runView.ts";
import { t } from "../../shared/localize.ts";
import type { Share } from "./shareBar.tsx";

/** How many files are being reviewed now; the view lists at most 16 of them. */
export function filesInFlight(view: RunView): number {
  return Math.min(view.inFlight.length, view.coverage.pending);
}

/** What became of each file, parts that are empty included. */
export function coverageShares(view: RunView): readonly Share[] {
  const { coverage } = view;
  return [
    { fill: "cached", amount: coverage.cached, label: t("cached") },
    { fill: "reviewed", amount: coverage.reviewed, label: t("reviewed") },
    { fill: "failed", amount: coverage.failed, label: t("failed") },
    ...unfinished(view),
    { fill: "skipped", amount: coverage.skipped, label: t("skipped") },
  ];
}

/** Only what this run has to do: files from the cache and skipped ones would hide how it gets on. */
export function workShares(view: RunView): readonly Share[] {
  const { coverage } = view;
  return [
    { fill: "reviewed", amount: coverage.reviewed, label: t("reviewed") },
    { fill: "failed", amount: coverage.failed, label: t("failed") },
    ...unfinished(view),
  ];
}

export function workOf(view: RunView): { readonly done: number; readonly total: number } {
  const { reviewed, failed, pending } = view.coverage;
  return { done: reviewed + failed, total: reviewed + failed + pending };
}

/** "371 files cached, 38 reviewed, 3 skipped" */
export function sayShares(shares: readonly Share[]): string {
  const parts = shares.filter((share) => share.amount > 0).map((share) => `${share.amount} ${share.label}`);
  return parts.length === 0 ? t("No files") : t("Files: {0}", parts.join(", "));
}

function unfinished(view: RunView): readonly Share[] {
  const { pending } = view.coverage;
  if (view.state !== "running") return [{ fill: "pending", amount: pending, label: t("pending") }];
  const inFlight = filesInFlight(view);
  return [
    { fill: "inFlight", amount: inFlight, label: t("in flight") },
    { fill: "waiting", amount: pending - inFlight, label: t("pending") },
  ];
}
