/** What has to be asked before code is sent or more than usual is spent. Pure. */
import type { PlanSummary } from "../core/engine.ts";
import { formatTokens, formatUsd } from "../shared/format.ts";
import { t, tCount } from "../shared/localize.ts";
import { describeOrigin, isCloudModel, isEditorOrigin, isLoopback } from "../shared/endpoint.ts";
import { leftToday } from "../shared/dailyBudget.ts";
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
  readonly origins: readonly string[];
  readonly hasAgreed: boolean;
  /** null: never ask because of money. */
  readonly confirmAboveUsd: number | null;
}

/** null: nothing to ask. */
export function consentQuestion({ plan, origins, hasAgreed, confirmAboveUsd }: ConsentInput): Question | null {
  if (plan.pendingFiles === 0) return null;
  const isDear = confirmAboveUsd !== null && !isKnownToBeWithin(plan, origins, confirmAboveUsd);
  // What cannot be watched is asked for each time.
  if (hasAgreed && !isDear && !plan.overnight) return null;
  const { pendingFiles } = plan;
  const whom = namesOf(origins);
  return {
    title: hasAgreed
      ? tCount(pendingFiles, "Review {0} File for {1}?", "Review {0} Files for {1}?", priceOf(plan, origins))
      : tCount(pendingFiles, "Send {0} File to {1}?", "Send {0} Files to {1}?", whom),
    detail: detailOf(plan, origins),
    accept: tCount(pendingFiles, "Review {0} File", "Review {0} Files"),
    isFirstUse: !hasAgreed,
  };
}

/** To each of them the user has to have agreed. */
export function modelsOf({ model, strong }: Pick<PlanSummary, "model" | "strong">): readonly string[] {
  return [model ?? "", ...(strong && strong.files > 0 ? [strong.model] : [])];
}

/** For people. */
export function namesOf(origins: readonly string[]): string {
  return origins.map((origin) => oneLine(describeOrigin(origin))).join(", ");
}

function staysHere(plan: PlanSummary, origins: readonly string[]): boolean {
  return origins.every(isLoopback) && !isCloudModel(plan.model);
}

function isKnownToBeWithin(plan: PlanSummary, origins: readonly string[], limitUsd: number): boolean {
  // A server on this machine has no price list and sends no bill.
  if (!plan.priceKnown) return staysHere(plan, origins);
  return plan.quote.likelyUsd <= limitUsd;
}

function priceOf(plan: PlanSummary, origins: readonly string[]): string {
  if (origins.some(isEditorOrigin)) return t("whatever the extension's maker counts or bills");
  if (!plan.priceKnown) return staysHere(plan, origins) ? t("no known price, on this machine") : t("an unknown price");
  return t("likely {0}, at most {1}", formatUsd(plan.quote.likelyUsd), formatUsd(plan.quote.atMostUsd));
}

/** What other runs have left of the day, and that it will hardly do where it will not. */
function dayOf({ daily, quote }: PlanSummary): string {
  if (!daily) return "";
  const leftUsd = leftToday(daily);
  const left = t("{0} of the daily budget of {1} is left today.", formatUsd(leftUsd), formatUsd(daily.limitUsd));
  return quote.likelyUsd > leftUsd ? `${left} ${t("The run will probably stop there.")}` : left;
}

function wallOf({ budgetUsd, requests }: PlanSummary, origins: readonly string[]): string {
  if (origins.some(isEditorOrigin)) {
    return tCount(
      requests,
      "About {0} request, which no budget in dollars can hold.",
      "About {0} requests, which no budget in dollars can hold.",
    );
  }
  return budgetUsd === null ? t("No budget is set.") : t("The run stops at its budget of {0}.", formatUsd(budgetUsd));
}

function strongOf({ strong }: PlanSummary): string[] {
  if (!strong || strong.files === 0) return [];
  const name = oneLine(strong.model);
  return [
    tCount(strong.files, "For {0} complex or sensitive file: {1}", "For {0} complex or sensitive files: {1}", name),
  ];
}

function detailOf(plan: PlanSummary, origins: readonly string[]): string {
  const cached =
    plan.cachedFiles === 0
      ? ""
      : tCount(
          plan.cachedFiles,
          "Answered from the cache: {0} unchanged file.",
          "Answered from the cache: {0} unchanged files.",
        );
  const where = staysHere(plan, origins)
    ? origins.length > 1
      ? t("The endpoints are on this machine.")
      : t("The endpoint is on this machine.")
    : t("The files' text leaves this machine; secrets found in it are replaced first.");
  return [
    origins.length > 1 ? t("Endpoints: {0}", namesOf(origins)) : t("Endpoint: {0}", namesOf(origins)),
    t("Model: {0}", oneLine(plan.model ?? t("the provider's default"))),
    ...strongOf(plan),
    t("Tokens: about {0} to send, {1} to receive", formatTokens(plan.inputTokens), formatTokens(plan.outputTokens)),
    t("Price: {0}", priceOf(plan, origins)),
    "",
    [
      where,
      origins.some(isUnencrypted) ? t("The connection is NOT encrypted: others on the way can read it.") : "",
      cached,
      plan.overnight ? t("Half price: the provider answers within a day, and keeps the text until then.") : "",
      wallOf(plan, origins),
      dayOf(plan),
    ]
      .filter(Boolean)
      .join(" "),
  ].join("\n");
}
