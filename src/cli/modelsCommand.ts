/** `onceover models`: what can review, and for how much. A server is asked for its own list where it was named, and Ollama always. */
import type { OfferedModel, ServedModelsOptions } from "../core/model/listModels.ts";
import { createSystemPorts } from "../core/systemPorts.ts";
import type { PriceOverride } from "../shared/settings.ts";
import { parseEndpoint, type ServerProvider } from "../shared/endpoint.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { formatUsd } from "../shared/format.ts";
import { baseUrlOf } from "./flagValues.ts";
import type { ModelsArguments } from "./invocation.ts";
import { displayWidth } from "./displayWidth.ts";
import { baseUrlVariable, chosenBaseUrl, createEnvironmentSecrets } from "./environmentSecrets.ts";
import { renderJsonValue } from "../core/export/jsonReporter.ts";
import { createCliLogger, type Session } from "./session.ts";

export interface ModelLists {
  readonly listModels: (
    prices: Readonly<Record<string, PriceOverride>>,
    provider: ServerProvider,
  ) => Promise<readonly OfferedModel[]>;
  readonly listServedModels: (options: ServedModelsOptions) => Promise<readonly OfferedModel[]>;
}

export async function modelsCommand(args: ModelsArguments, session: Session): Promise<number> {
  const { io, stdout, stderr } = session;
  const { provider } = args;
  const named = baseUrlOf(chosenBaseUrl(provider, args.baseUrl, io.env), baseUrlVariable(provider));
  // Ollama has the models that were pulled: no list of its provider's would tell.
  const baseUrl = named ?? (provider === "ollama" ? parseEndpoint(null, provider).baseUrl : null);
  const lists = await io.loadModels();
  const logger = createCliLogger((line) => void stderr.write(`${line}\n`).catch(() => {}), args);
  const ports = createSystemPorts({ secrets: createEnvironmentSecrets(io.env, named), logger });
  const models = await (baseUrl === null
    ? lists.listModels({}, provider)
    : lists.listServedModels({ provider, baseUrl, ports }));
  const isJson = args.format === "json";
  await stdout.write(
    isJson
      ? renderJsonValue({ schema: "onceover.models/1", models })
      : renderModels(models, { provider, baseUrl }, session),
  );
  return 0;
}

const MAKERS = { openai: "OpenAI", anthropic: "Anthropic", ollama: "Ollama" } as const;

interface Source {
  readonly provider: ServerProvider;
  readonly baseUrl: string | null;
}

function renderModels(models: readonly OfferedModel[], { provider, baseUrl }: Source, { palette }: Session): string {
  const names = models.map((model) => escapeLine(model.name));
  const width = Math.max(0, ...names.map(displayWidth));
  const rows = models.map((model, index) => {
    const name = names[index]!;
    const padding = " ".repeat(width - displayWidth(name));
    return `  ${palette.bold(name)}${padding}  ${priceWords(model)}${model.isDefault ? "  default" : ""}`;
  });
  return [
    baseUrl === null
      ? `${MAKERS[provider]}'s models for --provider ${provider}, list prices per million tokens, cheapest first`
      : `Models of ${escapeLine(new URL(baseUrl).host)}, in its own order, list prices per million tokens where a name is known`,
    ...rows,
    ...(baseUrl === null && provider === "openai"
      ? ["A compatible server has its own: --base-url URL lists them."]
      : []),
    "",
  ].join("\n");
}

function priceWords({ inputUsdPerMillion, outputUsdPerMillion }: OfferedModel): string {
  return `${priceWord(inputUsdPerMillion)} in  ${priceWord(outputUsdPerMillion)} out`;
}

function priceWord(usd: number | null): string {
  return (usd === null ? "unknown" : formatUsd(usd, "row")).padStart(8);
}
