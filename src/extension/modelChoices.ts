/** What can be chosen to review, with price and privacy in one line each. Pure. */

import type { OfferedModel } from "../core/model/listModels.ts";

export type ModelChoice =
  | { readonly kind: "heading"; readonly label: string }
  | (ChoiceText & { readonly kind: "offline" })
  | (ChoiceText & { readonly kind: "server" })
  /** null: the provider's default, whatever it will be. */
  | (ChoiceText & { readonly kind: "openai"; readonly model: string | null });

interface ChoiceText {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

export interface CurrentChoice {
  readonly provider: string;
  readonly model: string | null;
  readonly baseUrl: string | null;
}

export function modelChoices(models: readonly OfferedModel[], current: CurrentChoice): readonly ModelChoice[] {
  const isOpenAi = current.provider === "openai" && current.baseUrl === null;
  const isServer = current.provider === "openai" && current.baseUrl !== null;
  const sorted = models.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const openAi = sorted.map((model): ModelChoice => {
    const isCurrent = isOpenAi && (current.model === null ? model.isDefault : current.model === model.name);
    return {
      kind: "openai",
      model: model.isDefault ? null : model.name,
      label: mark(model.name, isCurrent),
      description: [priceText(model), model.isDefault ? "default" : ""].filter(Boolean).join(" · "),
      detail: "The files' text goes to api.openai.com; a question comes first.",
    };
  });
  return [
    {
      kind: "offline",
      label: mark("Offline", current.provider === "offline"),
      description: "free",
      detail: "Rules, complexity and secrets, checked on this machine. Nothing leaves it.",
    },
    // One of each kind first: the list of models is long.
    ...openAi.slice(0, 1),
    {
      kind: "server",
      label: mark("OpenAI-Compatible Server…", isServer),
      description: isServer ? `${current.model ?? ""} at ${current.baseUrl ?? ""}` : "priced by whoever runs it",
      detail: "The files' text goes to the address you enter: a model on this machine, a gateway, another provider.",
    },
    { kind: "heading", label: "More models by OpenAI" },
    ...openAi.slice(1),
  ];
}

function mark(label: string, isCurrent: boolean): string {
  return isCurrent ? `$(check) ${label}` : label;
}

function priceText(model: OfferedModel): string {
  if (model.inputUsdPerMillion === null || model.outputUsdPerMillion === null) return "price unknown";
  return `$${plain(model.inputUsdPerMillion)} in, $${plain(model.outputUsdPerMillion)} out per million tokens`;
}

/** At least two decimals, as prices are written, and more only where there are more. */
function plain(usd: number): string {
  return Number.isInteger(usd * 100) ? usd.toFixed(2) : String(usd);
}
