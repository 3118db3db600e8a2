/** `onceover models`: what can review, and for how much. Only a server that was named is asked for its own list. */
import type { OfferedModel, ServedModelsOptions } from "../core/model/listModels.ts";
import { createSystemPorts } from "../core/systemPorts.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { formatUsd } from "../shared/format.ts";
import { baseUrlOf, type ModelsArguments } from "./arguments.ts";
import { displayWidth } from "./displayWidth.ts";
import { chosenBaseUrl, createEnvironmentSecrets } from "./environmentSecrets.ts";
import { renderJsonValue } from "./jsonReporter.ts";
import { createCliLogger, type Session } from "./session.ts";

export interface ModelLists {
  readonly listModels: () => Promise<readonly OfferedModel[]>;
  readonly listServedModels: (options: ServedModelsOptions) => Promise<readonly OfferedModel[]>;
}

export async function modelsCommand(args: ModelsArguments, session: Session): Promise<number> {
  const { io, stdout, stderr } = session;
  const baseUrl = baseUrlOf(chosenBaseUrl("openai", args.baseUrl, io.env), "OPENAI_BASE_URL");
  const lists = await io.loadModels();
  const logger = createCliLogger((line) => void stderr.write(`${line}\n`).catch(() => {}), args);
  const ports = createSystemPorts({ secrets: createEnvironmentSecrets(io.env, baseUrl), logger });
  const models = await (baseUrl === null ? lists.listModels() : lists.listServedModels({ baseUrl, ports }));
  const isJson = args.format === "json";
  await stdout.write(
    isJson ? renderJsonValue({ schema: "onceover.models/1", models }) : renderModels(models, baseUrl, session),
  );
  return 0;
}

function renderModels(models: readonly OfferedModel[], baseUrl: string | null, { palette }: Session): string {
  const names = models.map((model) => escapeLine(model.name));
  const width = Math.max(0, ...names.map(displayWidth));
  const rows = models.map((model, index) => {
    const name = names[index]!;
    const padding = " ".repeat(width - displayWidth(name));
    return `  ${palette.bold(name)}${padding}  ${priceWords(model)}${model.isDefault ? "  default" : ""}`;
  });
  return [
    baseUrl === null
      ? "OpenAI's models for --provider openai, list prices per million tokens, cheapest first"
      : `Models of ${escapeLine(new URL(baseUrl).host)}, in its own order, list prices per million tokens where a name is known`,
    ...rows,
    ...(baseUrl === null ? ["A compatible server has its own: --base-url URL lists them."] : []),
    "",
  ].join("\n");
}

function priceWords({ inputUsdPerMillion, outputUsdPerMillion }: OfferedModel): string {
  return `${priceWord(inputUsdPerMillion)} in  ${priceWord(outputUsdPerMillion)} out`;
}

function priceWord(usd: number | null): string {
  return (usd === null ? "unknown" : formatUsd(usd, "row")).padStart(8);
}
