/** Which models can be chosen, and for how much. */
import type { ServerProvider } from "../../shared/endpoint.ts";
import type { PriceOverride } from "../../shared/settings.ts";
import type { Ports } from "../ports.ts";
import { DEFAULT_MODELS } from "./defaultModels.ts";

export interface OfferedModel {
  readonly name: string;
  readonly isDefault: boolean;
  /** The provider's best for what is complex; missing: it is another one. */
  readonly isStrong?: true;
  /** Dollars per million tokens; null: not known. */
  readonly inputUsdPerMillion: number | null;
  readonly outputUsdPerMillion: number | null;
}

/** Families of one name and purpose: text in, text out, and with the structured replies that a review needs. */
const CHAT_MODEL = /^(gpt-(4\.1|4o|[5-9])|o[1-9])/;
const OTHER_PURPOSE = /audio|image|realtime|transcribe|tts|search|research|preview|chat|codex|\d{4}-\d{2}-\d{2}|:/;

const ANTHROPIC_MODEL = /^claude-(?!v\d|2|3)/;

/** The provider's own on the price list, cheapest first. Asks no server; Ollama has none but its server's. */
export async function listModels(
  prices: Readonly<Record<string, PriceOverride>> = {},
  provider: ServerProvider = "openai",
): Promise<readonly OfferedModel[]> {
  const [{ findProvider }, { createPriceBook }] = await Promise.all([
    import("@pydantic/genai-prices"),
    import("./prices.ts"),
  ]);
  const book = await createPriceBook(prices);
  const listed = findProvider({ providerId: provider })?.models ?? [];
  return listed
    .filter(({ id, deprecated }) => isForReviews(id, provider) && !deprecated)
    .map(({ id }) => offer(id, book.price(id, provider), provider))
    .toSorted((a, b) => cost(a) - cost(b) || (a.name < b.name ? -1 : 1));
}

function isForReviews(id: string, provider: ServerProvider): boolean {
  return provider === "anthropic" ? ANTHROPIC_MODEL.test(id) : CHAT_MODEL.test(id) && !OTHER_PURPOSE.test(id);
}

export interface ServedModelsOptions {
  /** Default: openai. */
  readonly provider?: ServerProvider;
  /** null: the provider's own. */
  readonly baseUrl: string | null;
  readonly prices?: Readonly<Record<string, PriceOverride>>;
  readonly ports: Ports;
  readonly signal?: AbortSignal;
}

/**
 * What the server itself offers, in its own order. Sends no code.
 * @throws ModelError, missing-key and wrong-endpoint like a request for a review
 */
export async function listServedModels(options: ServedModelsOptions): Promise<readonly OfferedModel[]> {
  const [{ requestServedModels }, { createPriceBook }] = await Promise.all([
    import("./servedModels.ts"),
    import("./prices.ts"),
  ]);
  const { provider = "openai" } = options;
  const createBook = () => createPriceBook(options.prices ?? {}, new Date(), provider !== "ollama");
  const [names, book] = await Promise.all([requestServedModels(options), createBook()]);
  return names.map((name) => offer(name, book.price(name, provider), provider));
}

function offer(
  name: string,
  price: { readonly inputUsdPerMillion: number; readonly outputUsdPerMillion: number } | null,
  provider: ServerProvider,
): OfferedModel {
  return {
    name,
    isDefault: name === DEFAULT_MODELS[provider].cheap,
    ...(name === DEFAULT_MODELS[provider].strong && { isStrong: true }),
    inputUsdPerMillion: price?.inputUsdPerMillion ?? null,
    outputUsdPerMillion: price?.outputUsdPerMillion ?? null,
  };
}

/** A review reads about nine tokens for each that it writes. */
function cost({ inputUsdPerMillion, outputUsdPerMillion }: OfferedModel): number {
  return (inputUsdPerMillion ?? Infinity) * 9 + (outputUsdPerMillion ?? Infinity);
}
