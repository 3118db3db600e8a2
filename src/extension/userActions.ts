/** What people start from the palette and is rare enough to be loaded only then. */
import * as vscode from "vscode";
import type { Engine } from "../core/engine.ts";
import type { Logger } from "../core/ports.ts";
import { parseEndpoint } from "../shared/endpoint.ts";
import { t, tCount } from "../shared/localize.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import { readSettings } from "./configuration.ts";
import { chooseModel } from "./chooseModel.ts";
import { clearCache } from "./clearCache.ts";
import { listEditorModels } from "./languageModels.ts";
import { loadEngine } from "./loadEngine.ts";
import { findLocalServers, type AskServer } from "./localServers.ts";
import type { KeyRing } from "./secrets.ts";
import { setApiKey } from "./setApiKey.ts";

/** A server on this machine answers at once or is not there; the dialog waits for no more. */
const LOCAL_SEARCH_MS = 800;

export async function runChooseModel(keys: KeyRing, logger: Logger): Promise<void> {
  const current = currentChoice();
  const findOffers = async () => {
    const { createSystemPorts, listModels, listServedModels } = await loadEngine();
    // Whoever listens on those ports was not chosen by anyone yet: no key is shown to it.
    const ports = createSystemPorts({ secrets: { apiKey: async () => undefined }, logger });
    const ask: AskServer = async ({ provider, baseUrl }, signal) =>
      (await listServedModels({ provider, baseUrl, ports, signal })).map((model) => model.name);
    const [openai, anthropic, editor, local] = await Promise.all([
      listModels(current.prices, "openai"),
      listModels(current.prices, "anthropic"),
      listEditorModels(),
      findLocalServers(ask, process.env["OLLAMA_HOST"], AbortSignal.timeout(LOCAL_SEARCH_MS)),
    ]);
    return { openai, anthropic, editor, local };
  };
  const listServed = async (baseUrl: string) => {
    const { createSystemPorts, listServedModels } = await loadEngine();
    const ports = createSystemPorts({ secrets: keys, logger });
    return (await listServedModels({ baseUrl, ports })).map((model) => model.name);
  };
  await chooseModel({ keys, findOffers, listServed, current });
}

export { analyzeSelection } from "./analyzeSelection.ts";
export { showHotSpots } from "./showHotSpots.ts";
export { askRevision } from "./askRevision.ts";
export { chosenFolders, chosenScope } from "./chosenScope.ts";

/** The key of the endpoint that is set; with the offline engine, the one that a model would be asked at. */
export async function runSetApiKey(keys: KeyRing): Promise<void> {
  const { provider, baseUrl, endpoints } = currentChoice();
  if (provider === "vscode") {
    const text = t("Models of VS Code's own need no key here: whoever brings them to VS Code has it.");
    return void vscode.window.showInformationMessage(text);
  }
  const asked = provider === "offline" ? "openai" : provider;
  const origins = [baseUrl, ...endpoints].map((url) => parseEndpoint(url, asked).origin);
  const origin = await chooseOrigin([...new Set(origins)]);
  if (origin !== undefined) await setApiKey(keys, asked, origin);
}

/** undefined: the user chose none. */
async function chooseOrigin(origins: readonly string[]): Promise<string | undefined> {
  if (origins.length === 1) return origins[0];
  return vscode.window.showQuickPick(origins, { title: t("Set the Key of Which Server?") });
}

/** Says how much was forgotten, if the user agreed. */
export async function runClearCache(engine: Engine): Promise<void> {
  const forgotten = await clearCache(engine);
  if (forgotten === null) return;
  const text = tCount(forgotten, "{0} stored answer forgotten.", "{0} stored answers forgotten.");
  vscode.window.setStatusBarMessage(`$(trash) ${text}`, 5_000);
}

/** Choosing is also how an invalid setting is repaired: it must not stand in the way. */
function currentChoice() {
  try {
    return readSettings([]).engine;
  } catch {
    return DEFAULT_SETTINGS;
  }
}
