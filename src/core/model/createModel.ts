/** From settings to a model that can be asked: which adapter, where it is, and with which key. */
import { OnceoverError } from "../../shared/errors.ts";
import type { ServiceTier, Settings } from "../../shared/settings.ts";
import type { Ports } from "../ports.ts";
import { originOf, parseEndpoint, type Endpoint, type ServerProvider } from "../../shared/endpoint.ts";
import type { AdapterOptions } from "./adapter.ts";
import type { Model } from "./model.ts";
import { DEFAULT_MODELS } from "./defaultModels.ts";

type ModelSettings = Pick<Settings, "provider" | "model" | "baseUrl"> &
  Partial<Pick<Settings, "serviceTier" | "endpoints">>;

/** Sent where a server on this machine wants no key: the protocol has a place for one. */
const NO_KEY = "none";

const KEY_VARIABLE = "ONCEOVER_API_KEY";

export interface CreateModelOptions {
  readonly settings: ModelSettings;
  readonly ports: Ports;
}

/** @throws wrong-endpoint, missing-key, invalid-setting; nothing has been sent by then */
export async function createModel({ settings, ports }: CreateModelOptions): Promise<Model> {
  const provider = modelProvider(settings.provider);
  if (provider === "vscode") return openEditorModel(settings, ports);
  const [first, ...others] = endpointsOf(settings, provider);
  const open = (endpoint: Endpoint, keyVariable: string) =>
    openAt(endpoint, provider, { settings, ports, keyVariable });
  if (others.length === 0) return open(first, KEY_VARIABLE);
  const further = others.map((endpoint, index) => open(endpoint, `${KEY_VARIABLE}_${index + 2}`));
  const models = await Promise.all([open(first, KEY_VARIABLE), ...further]);
  const { createEndpointPool } = await import("./endpointPool.ts");
  return createEndpointPool(models, ports);
}

/** The preferred one first, none twice. */
function endpointsOf(
  { baseUrl, endpoints = [] }: ModelSettings,
  provider: ServerProvider,
): readonly [Endpoint, ...Endpoint[]] {
  const first = parseEndpoint(baseUrl, provider);
  const known = new Map([[first.baseUrl, first]]);
  for (const endpoint of endpoints.map((url) => parseEndpoint(url, provider))) known.set(endpoint.baseUrl, endpoint);
  const [, ...others] = known.values();
  return [first, ...others];
}

interface OpenOptions extends CreateModelOptions {
  /** Where the terminal has the key from. */
  readonly keyVariable: string;
}

async function openAt(endpoint: Endpoint, provider: ServerProvider, { settings, ports, keyVariable }: OpenOptions) {
  const apiKey = await resolveKey(provider, endpoint, ports, keyVariable);
  const { fetch, clock, logger } = ports;
  const name = chosenName(settings);
  const createAdapter = await loadAdapter(provider);
  const options = { name, baseUrl: endpoint.baseUrl, apiKey, fetch, clock, logger };
  const tier = serviceTierOf(settings);
  if (tier === "default") return createAdapter(options);
  const flex = await createAdapter({ ...options, serviceTier: "flex" });
  if (tier === "flex") return flex;
  const { withFlexFallback } = await import("./flexModel.ts");
  return withFlexFallback(flex, await createAdapter(options));
}

/** Whoever changes the provider need not change it back: where there is no flex, it asks for nothing. */
export function serviceTierOf({ provider, serviceTier = "default" }: ModelSettings): ServiceTier {
  return provider === "openai" ? serviceTier : "default";
}

async function openEditorModel(settings: ModelSettings, { languageModels, clock }: Ports): Promise<Model> {
  const { createEditorModel } = await import("./editorModel.ts");
  return createEditorModel({ name: chosenName(settings), languageModels, clock });
}

async function loadAdapter(provider: ServerProvider): Promise<(options: AdapterOptions) => Promise<Model>> {
  switch (provider) {
    case "openai":
      return (await import("./openai.ts")).createOpenAiModel;
    case "anthropic":
      return (await import("./anthropic.ts")).createAnthropicModel;
    case "ollama":
      return (await import("./ollama.ts")).createOllamaModel;
  }
}

/** Loads ahead what a run will need: the adapter and its provider's library. */
export async function preloadAdapter(provider: Model["provider"]): Promise<void> {
  if (provider === "openai") await (await import("./openai.ts")).loadLibrary();
  else if (provider === "anthropic") await (await import("./anthropic.ts")).loadAnthropicLibrary();
  else if (provider === "vscode") await import("./editorModel.ts");
  else await import("./ollama.ts");
}

/**
 * To whom requests would go, the preferred one first.
 * @throws wrong-endpoint, invalid-setting
 */
export function modelOrigins(settings: ModelSettings): readonly [string, ...string[]] {
  const provider = modelProvider(settings.provider);
  const first = originOf(provider, settings.model, settings.baseUrl);
  if (provider === "vscode") return [first];
  const others = endpointsOf(settings, provider).map(({ origin }) => origin);
  return [first, ...new Set(others.filter((origin) => origin !== first))];
}

/** @throws invalid-setting for a provider without models, and where one has to be chosen */
export function chosenName({ model, provider }: ModelSettings): string {
  const chosen = model?.trim();
  if (chosen) return chosen;
  const asked = modelProvider(provider);
  if (asked !== "vscode") return DEFAULT_MODELS[asked].cheap;
  throw new OnceoverError("invalid-setting", "None of the editor's language models is chosen.", {
    advice: "Choose one with “Onceover: Choose Model”.",
  });
}

/**
 * The key that is bound to the endpoint's origin.
 * @throws missing-key, except for a server on this machine; invalid-key for what can be none
 */
export async function resolveKey(
  provider: string,
  endpoint: Endpoint,
  { secrets, logger }: Ports,
  keyVariable = KEY_VARIABLE,
): Promise<string> {
  const apiKey = (await secrets.apiKey(provider, endpoint.origin))?.trim();
  if (!apiKey && !endpoint.isLoopback) throw missingKey(endpoint.host, keyVariable);
  if (apiKey && !endpoint.isLoopback && endpoint.origin.startsWith("http:")) {
    logger.warn(`The key for ${endpoint.host} travels unencrypted: the base URL is http.`);
  }
  // Anything else cannot be sent in a header; the error that says so would quote the key.
  if (apiKey && !/^[\x21-\x7e]+$/.test(apiKey)) throw unusableKey(endpoint.host);
  return apiKey || NO_KEY;
}

/** @throws invalid-setting for a provider without models */
export function modelProvider(provider: Settings["provider"]): Model["provider"] {
  if (provider !== "offline") return provider;
  throw new OnceoverError("invalid-setting", "The provider offline asks no model.");
}

function missingKey(host: string, keyVariable: string): OnceoverError {
  return new OnceoverError("missing-key", `There is no key for ${host}.`, {
    advice: `Set one in ${keyVariable}, or in the editor with “Onceover: Set API Key”.`,
  });
}

function unusableKey(host: string): OnceoverError {
  return new OnceoverError("invalid-key", `The key for ${host} has blanks or characters in it that no key has.`, {
    advice: "Copy it again, whole and without quotes, and set it in ONCEOVER_API_KEY or with “Onceover: Set API Key”.",
  });
}
