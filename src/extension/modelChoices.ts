/** What can be chosen to review, with price and privacy in one line each. Pure. */
import type { OfferedModel } from "../core/model/listModels.ts";
import { isCloudModel } from "../shared/endpoint.ts";
import { numberInLanguage, t } from "../shared/localize.ts";
import type { OfferedEditorModel } from "./languageModels.ts";
import type { LocalServer } from "./localServers.ts";
import { oneLine } from "./oneLine.ts";

export type ModelChoice =
  | { readonly kind: "heading"; readonly label: string }
  | (ChoiceText & { readonly kind: "offline" })
  | (ChoiceText & { readonly kind: "server" })
  /** Answers on this machine and offers this model. */
  | (ChoiceText & { readonly kind: "local"; readonly server: LocalServer; readonly model: string })
  /** Of the editor's own. */
  | (ChoiceText & { readonly kind: "editor"; readonly model: string; readonly name: string })
  /** null: the provider's default, whatever it will be. */
  | (ChoiceText & { readonly kind: "hosted"; readonly provider: HostedProvider; readonly model: string | null });

export type HostedProvider = "openai" | "anthropic";

interface ChoiceText {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** `model` null: the usual one reviews everything. */
export interface StrongChoice {
  readonly label: string;
  readonly description: string;
  readonly model: string | null;
}

/** One model for all first, then the provider's strong one, and whatever is set now. */
export function strongChoices(
  models: readonly OfferedModel[],
  usual: string,
  current: string | null,
): readonly StrongChoice[] {
  const offered = models.filter(({ name, isStrong }) => name !== usual && (isStrong || name === current));
  const named = offered.map((model): StrongChoice => ({
    label: mark(model.name, model.name === current),
    description: priceText(model),
    model: model.name,
  }));
  const one = { label: mark(t("One Model for All Files"), current === null), description: usual, model: null };
  return [one, ...named];
}

export interface CurrentChoice {
  readonly provider: string;
  readonly model: string | null;
  readonly baseUrl: string | null;
}

export interface Offers {
  readonly openai: readonly OfferedModel[];
  readonly anthropic: readonly OfferedModel[];
  readonly editor: readonly OfferedEditorModel[];
  readonly local: readonly LocalServer[];
}

export function modelChoices(offers: Offers, current: CurrentChoice): readonly ModelChoice[] {
  const openAi = hostedChoices("openai", offers.openai, current);
  const anthropic = hostedChoices("anthropic", offers.anthropic, current);
  const local = offers.local.flatMap((server) => localChoices(server, current));
  return [
    {
      kind: "offline",
      label: mark(t("Offline"), current.provider === "offline"),
      description: t("free"),
      detail: t("Rules, complexity and secrets, checked on this machine. Nothing leaves it."),
    },
    // One of each kind first: the lists of models are long.
    ...openAi.slice(0, 1),
    ...anthropic.slice(0, 1),
    serverChoice(current),
    ...section(t("Brought to VS Code by other extensions"), editorChoices(offers.editor, current)),
    ...section(t("On this machine"), local),
    ...section(t("More models by OpenAI"), openAi.slice(1)),
    ...section(t("More models by Anthropic"), anthropic.slice(1)),
  ];
}

function section(label: string, choices: readonly ModelChoice[]): readonly ModelChoice[] {
  return choices.length > 0 ? [{ kind: "heading", label }, ...choices] : [];
}

const HOSTS: Readonly<Record<HostedProvider, string>> = { openai: "api.openai.com", anthropic: "api.anthropic.com" };

function hostedChoices(
  provider: HostedProvider,
  models: readonly OfferedModel[],
  current: CurrentChoice,
): readonly ModelChoice[] {
  const isProvider = current.provider === provider && current.baseUrl === null;
  const sorted = models.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
  return sorted.map((model): ModelChoice => {
    const isCurrent = isProvider && (current.model === null ? model.isDefault : current.model === model.name);
    return {
      kind: "hosted",
      provider,
      model: model.isDefault ? null : model.name,
      label: mark(model.name, isCurrent),
      description: [priceText(model), model.isDefault ? t("default") : ""].filter(Boolean).join(" · "),
      detail: t("The files' text goes to {0}; a question comes first.", HOSTS[provider]),
    };
  });
}

function editorChoices(models: readonly OfferedEditorModel[], current: CurrentChoice): readonly ModelChoice[] {
  return models.map(({ name, label, vendor }) => ({
    kind: "editor",
    model: name,
    name: label,
    label: mark(oneLine(label), current.provider === "vscode" && current.model === name),
    description: t("counted or billed by {0} · no key needed here", oneLine(vendor)),
    detail: t("The files' text goes through {0}'s extension to its server; a question comes first.", oneLine(vendor)),
  }));
}

function localChoices(server: LocalServer, current: CurrentChoice): readonly ModelChoice[] {
  const isServer = current.provider === server.provider && (current.baseUrl ?? "") === (storedBaseUrl(server) ?? "");
  return server.models.map((model) => ({
    kind: "local",
    server,
    model,
    label: mark(oneLine(model), isServer && current.model === model),
    ...(isCloudModel(model) ? cloudText(server) : localText(server)),
  }));
}

type PriceAndPrivacy = Pick<ChoiceText, "description" | "detail">;

function localText(server: LocalServer): PriceAndPrivacy {
  return {
    description: t("no bill · {0} at {1}", server.name, new URL(server.baseUrl).host),
    detail: t("The files' text goes to the server that answered on this machine; a question comes first."),
  };
}

function cloudText(server: LocalServer): PriceAndPrivacy {
  return {
    description: t("price unknown · through {0} at {1}", server.name, new URL(server.baseUrl).host),
    detail: t("The files' text leaves this machine: the server here passes it on; a question comes first."),
  };
}

const USUAL_OLLAMA = "http://127.0.0.1:11434";

/** What the setting baseUrl has to say; undefined: the provider's own address will do. */
export function storedBaseUrl({ provider, baseUrl }: LocalServer): string | undefined {
  return provider === "ollama" && baseUrl === USUAL_OLLAMA ? undefined : baseUrl;
}

function serverChoice(current: CurrentChoice): ModelChoice {
  const isServer = current.provider === "openai" && current.baseUrl !== null;
  return {
    kind: "server",
    label: mark(t("OpenAI-Compatible Server…"), isServer),
    description: isServer
      ? t("{0} at {1}", current.model ?? "", current.baseUrl ?? "")
      : t("priced by whoever runs it"),
    detail: t("The files' text goes to the address you enter: a model on this machine, a gateway, another provider."),
  };
}

function mark(label: string, isCurrent: boolean): string {
  return isCurrent ? `$(check) ${label}` : label;
}

function priceText(model: OfferedModel): string {
  if (model.inputUsdPerMillion === null || model.outputUsdPerMillion === null) return t("price unknown");
  return t("${0} in, ${1} out per million tokens", plain(model.inputUsdPerMillion), plain(model.outputUsdPerMillion));
}

/** At least two decimals, as prices are written, and more only where there are more. */
function plain(usd: number): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 6 };
  return numberInLanguage(usd, digits);
}
