/** `onceover models`: what can review, and for how much. Asks no server. */
import { escapeLine } from "../shared/escapeText.ts";
import { formatUsd } from "../shared/format.ts";
import type { ModelsArguments } from "./arguments.ts";
import { displayWidth } from "./displayWidth.ts";
import { renderJsonValue } from "./jsonReporter.ts";
import type { Session } from "./session.ts";

interface OfferedModel {
  readonly name: string;
  readonly isDefault: boolean;
  /** Dollars per million tokens; null: not known. */
  readonly inputUsdPerMillion: number | null;
  readonly outputUsdPerMillion: number | null;
}

export type ListModels = () => Promise<readonly OfferedModel[]>;

export async function modelsCommand(args: ModelsArguments, session: Session): Promise<number> {
  const listModels = await session.io.loadModels();
  const models = await listModels();
  const json = () => renderJsonValue({ schema: "onceover.models/1", models });
  await session.stdout.write(args.format === "json" ? json() : renderModels(models, session));
  return 0;
}

function renderModels(models: readonly OfferedModel[], { palette }: Session): string {
  const names = models.map((model) => escapeLine(model.name));
  const width = Math.max(0, ...names.map(displayWidth));
  const rows = models.map((model, index) => {
    const name = names[index]!;
    const padding = " ".repeat(width - displayWidth(name));
    return `  ${palette.bold(name)}${padding}  ${priceWords(model)}${model.isDefault ? "  default" : ""}`;
  });
  return [
    "Models with --provider openai, list prices per million tokens",
    ...rows,
    "A compatible server has its own: name one with --base-url, --model and --price.",
    "",
  ].join("\n");
}

function priceWords({ inputUsdPerMillion, outputUsdPerMillion }: OfferedModel): string {
  return `${priceWord(inputUsdPerMillion)} in  ${priceWord(outputUsdPerMillion)} out`;
}

function priceWord(usd: number | null): string {
  return (usd === null ? "unknown" : formatUsd(usd, "row")).padStart(8);
}
