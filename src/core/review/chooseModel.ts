/** The models of a run, as its settings name them. */
import { isCloudModel, isLoopback } from "../../shared/endpoint.ts";
import { OnceoverError } from "../../shared/errors.ts";
import type { Settings } from "../../shared/settings.ts";
import type { Ports } from "../ports.ts";
import { createRecipe } from "./prompt.ts";
import { createRefuterRecipe } from "./refuter/refuterPrompt.ts";
import type { ChosenModel, Reviewing } from "./reviewing.ts";

interface Choice {
  readonly ports: Ports;
  readonly settings: Settings;
}

/** By the same provider: one key, one place that code is sent to. */
export async function chooseStrong({ settings, ports }: Choice, usual: ChosenModel): Promise<Reviewing["strong"]> {
  const { strongModel: model, refuter } = settings;
  if (model === null || model === usual.name || usual.provider === "vscode") return null;
  const chosen = await chooseModel({ ports, settings: { ...settings, model } });
  const recipe = createRecipe(model, chosen.provider);
  return { chosen, model, recipe, refuterRecipe: refuter ? createRefuterRecipe(model, chosen.provider) : null };
}

/** Prices are loaded here, the provider's own library when something is to be sent. */
export async function chooseModel({ ports, settings }: Choice): Promise<ChosenModel> {
  const [modelParts, { createPriceBook }] = await Promise.all([
    import("../model/createModel.ts"),
    import("../model/prices.ts"),
  ]);
  const { createModel, chosenName, modelOrigins, modelProvider, preloadAdapter, serviceTierOf } = modelParts;
  const origins = modelOrigins(settings);
  const [origin] = origins;
  const name = chosenName(settings);
  const provider = modelProvider(settings.provider);
  preloadModel(() => preloadAdapter(provider));
  // What runs on this machine costs nothing; elsewhere its price is the user's to say, whatever others take.
  const isOllama = provider === "ollama";
  const runsHere = origins.every(isLoopback) && !(isOllama && isCloudModel(name));
  // What the editor's models cost is between the user and whoever brought them: no list says it, and no budget holds it.
  const isEditors = provider === "vscode";
  const free = isOllama && runsHere ? { [name]: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 } } : {};
  const prices = await createPriceBook({ ...free, ...settings.prices }, new Date(), !isOllama && !isEditors);
  const priceKnown = prices.price(name, settings.provider) !== null;
  if (!priceKnown && (settings.budgetUsd ?? settings.dailyBudgetUsd) !== null && !runsHere && !isEditors) {
    throw new OnceoverError("unknown-price", `The price of ${name} is not known, so a budget cannot hold.`, {
      advice:
        "Set its price (--price INPUT:OUTPUT, in the editor the setting onceover.prices), or switch the budget off.",
    });
  }
  const chosen = { name, provider, origin, origins, prices, priceKnown, open: () => createModel({ settings, ports }) };
  const tier = serviceTierOf(settings);
  if (tier === "default") return chosen;
  const { tieredPrices } = await import("../model/tieredPrices.ts");
  // What may be carried out at the usual price has to fit into the budget at that price.
  return { ...chosen, prices: tieredPrices(prices, "flex", tier === "flex"), usualPrices: prices };
}

/** The store's thread opens its database and makes the plan meanwhile: what will likely be needed is loaded here. */
function preloadModel(preloadAdapter: () => Promise<void>): void {
  const parts = [preloadAdapter(), import("./createModelRun.ts")];
  // What cannot be loaded fails again where it is needed, and is reported there.
  Promise.all(parts).catch(() => undefined);
}
