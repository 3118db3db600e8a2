/** What a finished reply is worth: a review, a verdict, or nothing that may be stored. */
import type { ModelReply } from "../model/model.ts";
import type { StoredReview, StoredVerdict, UnitFinding } from "../store/storedReview.ts";
import { anchorFinding, type AnchorSource } from "./anchor.ts";
import { parseReply, type ParsedReply } from "./parseReply.ts";
import { MAX_FINDINGS } from "./replySchema.ts";

export interface ReadReply {
  readonly review: StoredReview | null;
  readonly verdict: StoredVerdict | null;
  readonly code: string | null;
  readonly failure: string | null;
  readonly isUnreadable: boolean;
}

const NO_REVIEW = { review: null, verdict: null, isUnreadable: false } as const;

export function readReply(reply: ModelReply, source: AnchorSource, mayRepeat: boolean): ReadReply {
  if (reply.finish === "length") {
    return {
      ...NO_REVIEW,
      code: "reply-truncated",
      failure: "the reply was longer than allowed and was cut; it can be retried",
      // It was cut by a bound that was learned and is given up now: asked again, it has room.
      ...(mayRepeat && reply.hadLearnedBound ? { isUnreadable: true } : {}),
    };
  }
  if (reply.finish === "refusal" || reply.finish === "content-filter") {
    const message =
      reply.finish === "refusal" ? "the model refused to review it" : "the provider's content filter stopped the reply";
    return { ...NO_REVIEW, verdict: { code: "refused", message }, code: null, failure: message };
  }
  const parsed = parseReply(reply.text);
  if (parsed) return { ...NO_REVIEW, review: toReview(parsed, source), code: null, failure: null };
  const message = "the model's reply could not be read, twice";
  if (mayRepeat) return { ...NO_REVIEW, code: "reply-unparseable", failure: message, isUnreadable: true };
  return {
    ...NO_REVIEW,
    verdict: { code: "reply-unparseable", message },
    code: null,
    failure: message,
    isUnreadable: true,
  };
}

export function toReview(parsed: ParsedReply, source: AnchorSource): StoredReview {
  const wanted = parsed.findings.slice(0, MAX_FINDINGS);
  const anchored = wanted
    .map((finding) => anchorFinding(finding, source))
    .filter((one): one is UnitFinding => one !== undefined);
  return { summary: parsed.summary.trim() || null, findings: anchored, dropped: wanted.length - anchored.length };
}

/** Of several units' reviews: none of this one's quotes is in it, so its findings are another one's. */
export function isMixedUp({ findings, dropped }: StoredReview): boolean {
  return findings.length === 0 && dropped > 0;
}
