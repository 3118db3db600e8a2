/** Why nothing is sent for a file that was saved: nobody is asked then, so only what was settled before goes. Pure. */
import type { PlanSummary } from "../../core/engine.ts";
import { isCloudModel, isEditorOrigin, isLoopback } from "../../shared/endpoint.ts";
import { formatUsd } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";
import { namesOf } from "../consent.ts";
import { remedies, type Problem, type Remedy } from "../problems.ts";

export interface Refusal extends Problem {
  /** Told once in a window; others only stand in the tooltip. */
  readonly isTold: boolean;
}

export interface SaveCircumstances {
  readonly plan: PlanSummary;
  readonly origins: readonly string[];
  readonly hasAgreed: boolean;
  readonly hasKey: boolean;
  /** null: never too dear. */
  readonly confirmAboveUsd: number | null;
}

/** null: it may be sent. */
export function saveRefusal({ plan, origins, hasAgreed, hasKey, confirmAboveUsd }: SaveCircumstances): Refusal | null {
  if (origins.some(isEditorOrigin)) {
    const text = t("Saved files are not sent to models of other extensions: no daily budget can hold what they cost.");
    return { text, remedies: [remedies.chooseModel()], isTold: true };
  }
  const whom = namesOf(origins);
  if (!hasAgreed) {
    const text = t(
      "Saved files are not sent to {0} before you have agreed to it. Analyze a file, and you are asked.",
      whom,
    );
    return { text, remedies: [analyzeFile()], isTold: true };
  }
  if (!plan.daily && !isFree(plan)) {
    const text = t("Saved files are not sent without a daily budget: only the offline engine looks at them.");
    return { text, remedies: [setDailyBudget()], isTold: true };
  }
  if (!hasKey) return { text: t("There is no API key for {0}.", whom), remedies: [remedies.setApiKey()], isTold: true };
  const isUnknown = !plan.priceKnown && !(origins.every(isLoopback) && !isCloudModel(plan.model));
  if (confirmAboveUsd !== null && (isUnknown || plan.quote.likelyUsd > confirmAboveUsd)) {
    const price = isUnknown ? t("an unknown price") : formatUsd(plan.quote.likelyUsd);
    const text = t("What was saved waits: a review would cost {0}, which has to be asked. Analyze File asks.", price);
    return { text, remedies: [], isTold: false };
  }
  return null;
}

/** Such as Ollama on this machine. */
function isFree({ priceKnown, quote }: PlanSummary): boolean {
  return priceKnown && quote.atMostUsd === 0;
}

const analyzeFile = (): Remedy => ({ title: t("Analyze File"), command: "onceover.analyzeFile" });

const setDailyBudget = (): Remedy => ({
  title: t("Set Daily Budget"),
  command: "workbench.action.openSettings",
  arguments: ["onceover.dailyBudgetUsd"],
});
