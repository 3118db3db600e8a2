/** Errors that a model has claimed: each is asked about once more before it counts as one. */
import type { SecondLook } from "../../../shared/report.ts";
import type { StoredReview, UnitFinding } from "../../store/storedReview.ts";
import { sha256 } from "../keys.ts";

/** Warnings and remarks are not worth a second request. */
export function isClaim({ severity, source }: UnitFinding): boolean {
  return severity === "error" && source === "model";
}

/** Claims that nobody has asked about again. */
export function openClaims({ findings }: StoredReview): readonly UnitFinding[] {
  return findings.filter((finding) => isClaim(finding) && !finding.secondLook);
}

/** As it was said: the same remark in other words is another claim. */
export function claimWords({ category, title, detail, quote, needs }: UnitFinding) {
  return { category, title, quote, claim: detail, needs: needs ?? null };
}

/** Where a claim of a stored review finds its look, without a look at its file. */
export function claimPlace(unitKey: string, finding: UnitFinding, recipe: string): string {
  return sha256(JSON.stringify(["onceover-look-place/1", unitKey, recipe, claimWords(finding)]));
}

/** What a claim is judged by. */
export interface ClaimEvidence {
  readonly language: string;
  readonly role: string;
  /** The code around its quote. */
  readonly excerpt: string;
  /** Of what that code uses from elsewhere. */
  readonly signatures: string;
}

/** Equal for equal code and claim, wherever in whichever file they stand. */
export function claimKey(finding: UnitFinding, evidence: ClaimEvidence, recipe: string): string {
  const { language, role, excerpt, signatures } = evidence;
  return sha256(JSON.stringify(["onceover-look/1", recipe, language, role, excerpt, signatures, claimWords(finding)]));
}

/** The review with what has come of looking again; undefined leaves a finding as it is. */
export function withLooks(
  review: StoredReview,
  lookOf: (finding: UnitFinding) => SecondLook | undefined,
): StoredReview {
  const findings = review.findings.map((finding) => {
    const secondLook = isClaim(finding) && !finding.secondLook ? lookOf(finding) : undefined;
    return secondLook ? { ...finding, secondLook } : finding;
  });
  return { ...review, findings };
}

/** @param reason why there was no second look, for people */
export function unchecked(reason: string): SecondLook {
  return { verdict: "unchecked", reason, evidence: null };
}
