/** What is asked before code goes anywhere: for a key, for consent, for the money. */
import type { Engine, PlanSummary, RunRequest } from "../core/engine.ts";
import { isEditorOrigin, isLoopback, originsOfPlan } from "../shared/endpoint.ts";
import { OnceoverError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
import { answerOf } from "./answerOf.ts";
import { consentQuestion, modelsOf } from "./consent.ts";
import type { PreviewSource, RunControllerOptions, RunInputs } from "./runController.ts";

/** What asking needs. */
export type Asking = Pick<RunControllerOptions, "keys" | "consents" | "ui" | "mirror">;

/** `agreedUsd`: what the user was told that it costs at most; missing: no sum was named. */
export interface Agreed {
  readonly agreedUsd?: number;
}

/** null: the user did not agree. @throws missing-key, before anybody is asked */
export async function mayBeSent(
  options: Asking,
  inputs: RunInputs,
  engine: Engine,
  request: RunRequest,
  signal: AbortSignal,
): Promise<Agreed | null> {
  const plan = await engine.estimate(request, { signal });
  // Without an endpoint nothing is sent; an answer for every file in the store needs no question and no key.
  const origins = originsOfPlan(plan);
  if (origins.length === 0 || plan.misses === 0) return {};
  for (const origin of origins) await requireKey(options.keys, plan, origin);
  const models = modelsOf(plan);
  const question = consentQuestion({
    plan,
    origins,
    hasAgreed: origins.every((origin) => models.every((model) => options.consents.has(origin, model))),
    confirmAboveUsd: inputs.settings.confirmAboveUsd,
  });
  if (!question) return {};
  const preview: PreviewSource = {
    files: plan.pending.map((file) => file.path),
    prompt: (path) => engine.preview(request, path, { signal }),
    signal,
  };
  if (!(await answerOf(() => options.ui.confirm(question, preview), options.mirror, signal))) return null;
  const isAgreedTo = (origin: string, model: string) => question.isFirstUse && options.consents.add(origin, model);
  for (const origin of origins) for (const model of models) await isAgreedTo(origin, model);
  return plan.priceKnown ? { agreedUsd: plan.quote.atMostUsd } : {};
}

/** Asked for before the question about sending, so that nobody agrees to what cannot be done. */
async function requireKey(keys: Asking["keys"], plan: PlanSummary, origin: string): Promise<void> {
  if (isLoopback(origin) || isEditorOrigin(origin) || (await keys.apiKey(plan.provider, origin))) return;
  throw new OnceoverError("missing-key", t("There is no API key for {0}.", origin), {
    advice: t("Set one, or choose another model. Nothing was sent."),
  });
}
