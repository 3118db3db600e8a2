/** How a run ended, in sentences that every format for people says alike. */
import { escapeLine } from "../../shared/escapeText.ts";
import { formatQuantity, formatUsd } from "../../shared/format.ts";
import type { Report } from "../../shared/report.ts";
import { countSeverities, severityWords } from "./figures.ts";

/** A model's text, on one line. */
export function oneLine(text: string): string {
  return escapeLine(text.replace(/[ \t\r\n]+/g, " ").trim());
}

/** What was found, in one sentence; that nothing was looked at never reads like that nothing was found. */
export function findingWords({ run, findings, coverage }: Report): string {
  const { since } = run;
  const reviewed = coverage.reviewed + coverage.cached;
  if (coverage.files === 0 && since !== undefined)
    return `Nothing to review: no file differs from ${escapeLine(since)}.`;
  if (coverage.files === 0) return "No file to review there; ignored files are left out.";
  if (coverage.files === coverage.skipped) return "Nothing to review: every file was skipped.";
  if (reviewed === 0 && findings.length === 0) return "No file was reviewed.";
  const words = severityWords(countSeverities(findings));
  if (words.length === 0) return `No findings in ${formatQuantity(reviewed, "file")}.`;
  const files = new Set(findings.map((finding) => finding.path)).size;
  return `${words.join(" · ")} in ${formatQuantity(files, "file")}`;
}

/** What is missing from a run that is not complete, and what to do about it; empty: nothing is. */
export function partialWords(report: Report): string[] {
  const { run, coverage, cost } = report;
  if (run.complete && run.stoppedBy === null && coverage.failed + coverage.pending === 0) return [];
  const pending = `${formatQuantity(coverage.pending, "file")} ${coverage.pending === 1 ? "is" : "are"} pending`;
  if (run.stoppedBy === "cancel") return [`Partial, cancelled: ${pending}. Run again to go on; finished work is kept.`];
  if (run.stoppedBy === "budget" && cost.daily?.reached) {
    const budget = `daily budget of ${formatUsd(cost.daily.limitUsd)}`;
    return [`Partial, ${budget} reached: ${pending}. Run again after midnight, or with a higher --daily-budget.`];
  }
  if (run.stoppedBy === "budget") {
    const budget = cost.budgetUsd === null ? "" : ` of ${formatUsd(cost.budgetUsd)}`;
    return [
      `Partial, budget${budget} reached: ${pending}. Run again with a higher --budget to go on; finished work is kept.`,
    ];
  }
  if (run.stoppedBy === "error" || run.error) {
    const message = run.error ? sentence(oneLine(run.error.message)) : "The run stopped early.";
    return [`Partial: ${message} ${sentence(pending)} Run again to go on; finished work is kept.`];
  }
  if (coverage.pending > 0) return [`Partial: ${pending}. Run again to go on; finished work is kept.`];
  return [`Partial: ${formatQuantity(coverage.failed, "file")} failed. Run again to retry; finished work is kept.`];
}

/** A run about changes says so: that nothing was found in them means nothing for the rest. */
export function scopeWords({ run, coverage }: Report): string[] {
  if (run.since === undefined || coverage.files === 0) return [];
  return [`only files that differ from ${escapeLine(run.since)} were looked at`];
}

export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
