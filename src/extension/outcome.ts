/** What is said when a run has ended: nothing, unless there is something to do. Pure. */
import type { Report } from "../shared/report.ts";
import { formatUsd } from "../shared/format.ts";
import { t, tCount } from "../shared/localize.ts";
import { oneLine } from "./oneLine.ts";
import { describeFailure, remedies, type Problem } from "./problems.ts";

export interface Outcome extends Problem {
  readonly level: "info" | "warning" | "error";
}

/** For those who look at something else: it is done, what it found and what it cost. null: cancelled, which they know. */
export function describeCompletion({ coverage, cost, findings, run }: Report): Outcome | null {
  if (run.stoppedBy !== null) return null;
  const count = coverage.reviewed + coverage.cached;
  const files = tCount(count, "{0} file reviewed", "{0} files reviewed");
  const found = tCount(findings.length, "{0} finding", "{0} findings");
  const price = run.provider === "offline" ? [] : [cost.unknown ? t("cost unknown") : formatUsd(cost.usd)];
  const show = [
    { title: t("Show Findings"), command: "onceover.findings.focus" },
    { title: t("Show Report"), command: "onceover.showReport" },
  ];
  return { level: "info", text: [files, found, ...price].join(" · "), remedies: show };
}

export function describeOutcome(report: Report): Outcome | null {
  const { coverage, run } = report;
  if (run.stoppedBy === "error" && run.error) {
    const { pending } = coverage;
    const waiting = pending > 0 ? ` ${tCount(pending, "{0} file not reviewed.", "{0} files not reviewed.")}` : "";
    const problem = describeFailure(run.error);
    return { level: "error", text: problem.text + waiting, remedies: problem.remedies };
  }
  if (run.stoppedBy === "budget") return budgetReached(report);
  if (coverage.failed > 0 && run.stoppedBy === null) {
    const show = { title: t("Show Findings"), command: "onceover.findings.focus" };
    const text = tCount(
      coverage.failed,
      "{0} file could not be reviewed. Each one's reason stands under Failed.",
      "{0} files could not be reviewed. Each one's reason stands under Failed.",
    );
    return { level: "warning", text, remedies: [show, remedies.showLog()] };
  }
  if (coverage.files === 0 && run.stoppedBy === null) return nothingToReview(run.since);
  return null;
}

/** Else a run about an ignored folder would look like one that found it clean. */
function nothingToReview(since: string | undefined): Outcome {
  const text =
    since === undefined
      ? t("No file to review there; ignored files are left out.")
      : t("Nothing to review: no file differs from {0}.", oneLine(since));
  return { level: "info", text, remedies: [] };
}

function budgetReached({ coverage, cost, run }: Report): Outcome {
  const daily = cost.daily?.reached ? cost.daily : null;
  const wall = daily
    ? t(
        "The daily budget of {0} would be exceeded by the next request, so it was not sent. It starts anew at midnight.",
        formatUsd(daily.limitUsd),
      )
    : cost.budgetUsd === null
      ? t("The budget would be exceeded by the next request, so it was not sent.")
      : t("The budget of {0} would be exceeded by the next request, so it was not sent.", formatUsd(cost.budgetUsd));
  const spent = tCount(
    coverage.pending,
    "{1} spent, {0} file pending.",
    "{1} spent, {0} files pending.",
    formatUsd(cost.usd),
  );
  if (run.error?.code === "quote-reached") {
    const stopped = t(
      "The review stopped at {0}, the sum that it was to cost at most.",
      formatUsd(cost.quote.atMostUsd),
    );
    // Whoever has just said so needs no button to undo it.
    return { level: "info", text: `${stopped} ${spent}`, remedies: [] };
  }
  const raise = {
    title: t("Change Budget"),
    command: "workbench.action.openSettings",
    arguments: [daily ? "onceover.dailyBudgetUsd" : "onceover.budgetUsd"],
  };
  return { level: "warning", text: `${wall} ${spent}`, remedies: [raise] };
}
