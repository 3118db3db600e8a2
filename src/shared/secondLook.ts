/** What people read about a second look at a finding. */
import { t } from "./localize.ts";
import type { Finding, Report, SecondLook } from "./report.ts";

/** One line, in the reader's language. */
function secondLookVerdict({ verdict }: Pick<SecondLook, "verdict">): string {
  switch (verdict) {
    case "confirmed":
      return t("Confirmed by a second look");
    case "refuted":
      return t("Refuted by a second look");
    case "undecided":
      return t("Left open by a second look");
    case "unchecked":
      return t("Claimed as an error, but not checked");
    case "pending":
      return t("Claimed as an error, being checked");
  }
}

/** Verdict and reason as a sentence; "" where nobody has looked again. */
export function secondLookSentence({ secondLook }: Pick<Finding, "secondLook">): string {
  if (!secondLook) return "";
  const verdict = secondLookVerdict(secondLook);
  const reason = secondLook.reason.replace(/\s+/g, " ").trim();
  return reason === "" ? `${verdict}.` : `${verdict}: ${/[.!?]$/.test(reason) ? reason : `${reason}.`}`;
}

/** Errors that the run did not come to check, or could not. */
export function countUnchecked({ findings }: Pick<Report, "findings">): number {
  return findings.filter((finding) => finding.secondLook?.verdict === "unchecked").length;
}
