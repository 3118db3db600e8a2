/** What is said when a run has ended: nothing, unless there is something to do. Pure. */
import type { Report } from "../shared/report.ts";
import { formatQuantity, formatUsd } from "../shared/format.ts";
import { describeFailure, remedies, type Problem } from "./problems.ts";

export interface Outcome extends Problem {
  readonly level: "warning" | "error";
}

export function describeOutcome(report: Report): Outcome | null {
  const { coverage, run, cost } = report;
  if (run.stoppedBy === "error" && run.error) {
    const waiting = coverage.pending > 0 ? ` ${formatQuantity(coverage.pending, "file")} not reviewed.` : "";
    const problem = describeFailure(run.error);
    return { level: "error", text: problem.text + waiting, remedies: problem.remedies };
  }
  if (run.stoppedBy === "budget") {
    const wall = cost.budgetUsd === null ? "The budget" : `The budget of ${formatUsd(cost.budgetUsd)}`;
    const spent = `${formatUsd(cost.usd)} spent, ${formatQuantity(coverage.pending, "file")} pending.`;
    const raise = {
      title: "Change Budget",
      command: "workbench.action.openSettings",
      arguments: ["onceover.budgetUsd"],
    };
    return {
      level: "warning",
      text: `${wall} would be exceeded by the next request, so it was not sent. ${spent}`,
      remedies: [raise],
    };
  }
  if (coverage.failed > 0 && run.stoppedBy === null) {
    const show = { title: "Show Findings", command: "onceover.findings.focus" };
    const text = `${formatQuantity(coverage.failed, "file")} could not be reviewed. Each one's reason stands under Failed.`;
    return { level: "warning", text, remedies: [show, remedies.showLog] };
  }
  return null;
}
