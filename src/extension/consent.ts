/** What has to be asked before code is sent or more than usual is spent. Pure. */
import type { PlanSummary } from "../core/engine.ts";
import { formatQuantity, formatTokens, formatUsd } from "../shared/format.ts";
import { describeOrigin, isCloudModel, isEditorOrigin, isLoopback } from "../shared/endpoint.ts";
import { isUnencrypted } from "./endpoints.ts";
import { oneLine } from "./oneLine.ts";

export interface Question {
  readonly title: string;
  readonly detail: string;
  /** The button that goes on. */
  readonly accept: string;
  /** True when the endpoint and model are new: agreeing is remembered. */
  readonly isFirstUse: boolean;
}

export interface ConsentInput {
  readonly plan: PlanSummary;
  readonly origin: string;
  readonly hasAgreed: boolean;
  /** null: never ask because of money. */
  readonly confirmAboveUsd: number | null;
}

/** null: nothing to ask. */
export function consentQuestion({ plan, origin, hasAgreed, confirmAboveUsd }: ConsentInput): Question | null {
  if (plan.pendingFiles === 0) return null;
  const isDear = confirmAboveUsd !== null && !isKnownToBeWithin(plan, origin, confirmAboveUsd);
  if (hasAgreed && !isDear) return null;
  const files = formatQuantity(plan.pendingFiles, "File");
  return {
    title: hasAgreed
      ? `Review ${files} for ${priceOf(plan, origin)}?`
      : `Send ${files} to ${oneLine(describeOrigin(origin))}?`,
    detail: detailOf(plan, origin),
    accept: `Review ${files}`,
    isFirstUse: !hasAgreed,
  };
}

function staysHere(plan: PlanSummary, origin: string): boolean {
  return isLoopback(origin) && !isCloudModel(plan.model);
}

function isKnownToBeWithin(plan: PlanSummary, origin: string, limitUsd: number): boolean {
  // A server on this machine has no price list and sends no bill.
  if (!plan.priceKnown) return staysHere(plan, origin);
  return plan.quote.likelyUsd <= limitUsd;
}

function priceOf(plan: PlanSummary, origin: string): string {
  if (isEditorOrigin(origin)) return "whatever the extension's maker counts or bills";
  if (!plan.priceKnown) return staysHere(plan, origin) ? "no known price, on this machine" : "an unknown price";
  return `likely ${formatUsd(plan.quote.likelyUsd)}, at most ${formatUsd(plan.quote.atMostUsd)}`;
}

function wallOf({ budgetUsd, misses }: PlanSummary, origin: string): string {
  if (isEditorOrigin(origin)) return `About ${formatQuantity(misses, "request")}, which no budget in dollars can hold.`;
  return budgetUsd === null ? "No budget is set." : `The run stops at its budget of ${formatUsd(budgetUsd)}.`;
}

function detailOf(plan: PlanSummary, origin: string): string {
  const cached =
    plan.cachedFiles > 0 ? `Answered from the cache: ${formatQuantity(plan.cachedFiles, "unchanged file")}.` : "";
  const where = staysHere(plan, origin)
    ? "The endpoint is on this machine."
    : "The files' text leaves this machine; secrets found in it are replaced first.";
  return [
    `Endpoint: ${oneLine(describeOrigin(origin))}`,
    `Model: ${oneLine(plan.model ?? "the provider's default")}`,
    `Tokens: about ${formatTokens(plan.inputTokens)} to send, ${formatTokens(plan.outputTokens)} to receive`,
    `Price: ${priceOf(plan, origin)}`,
    "",
    [
      where,
      isUnencrypted(origin) ? "The connection is NOT encrypted: others on the way can read it." : "",
      cached,
      wallOf(plan, origin),
    ]
      .filter(Boolean)
      .join(" "),
  ].join("\n");
}
