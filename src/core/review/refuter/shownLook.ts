/** How a second look changes what is shown of a finding. */
import type { Severity } from "../../../shared/report.ts";
import type { UnitFinding } from "../../store/storedReview.ts";
import { isClaim } from "./claims.ts";

/** An error stays one when it was confirmed; a refuted one too, where those are listed. */
export function afterLooking(finding: UnitFinding): UnitFinding {
  const verdict = finding.secondLook?.verdict;
  const stands = verdict === undefined || verdict === "confirmed" || verdict === "refuted";
  return stands ? finding : { ...finding, severity: lowered(finding.severity) };
}

/** While the answer is awaited: an error that turns out to be none must not have been shown as one. */
export function whileLooking(finding: UnitFinding): UnitFinding {
  if (!isClaim(finding)) return finding;
  const { secondLook } = finding;
  if (secondLook) return afterLooking(finding);
  const pending = { verdict: "pending", reason: "", evidence: null } as const;
  return { ...finding, severity: lowered(finding.severity), secondLook: pending };
}

export function partitionRefuted<T extends Pick<UnitFinding, "secondLook">>(findings: readonly T[]): [T[], T[]] {
  const isRefuted = ({ secondLook }: T) => secondLook?.verdict === "refuted";
  return [findings.filter(isRefuted), findings.filter((finding) => !isRefuted(finding))];
}

function lowered(severity: Severity): Severity {
  return severity === "error" ? "warning" : severity;
}
