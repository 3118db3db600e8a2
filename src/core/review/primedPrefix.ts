/** Which requests wait for one another, because the first one writes what the others then read for less. */
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import type { ModelRequest } from "../model/model.ts";
import type { ChosenModel } from "./reviewing.ts";
import { sha256 } from "./keys.ts";

/** Prose in English has more characters to a token than source has. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * @returns for each request what stands for its shared beginning in this model's cache; null: no provider's cache takes it, or reading it
 * from there costs no less
 */
export function createPrimedPrefix(
  chosen: Pick<ChosenModel, "name" | "provider" | "prices">,
): (request: ModelRequest) => string | null {
  const isCheaper = readsCheaper(chosen);
  const { minimumCacheTokens } = capabilitiesOf(chosen.name, chosen.provider);
  /** Few texts stand at the beginning of many requests. */
  const known = new Map<string, string>();
  return ({ parts, schema }) => {
    if (!isCheaper) return null;
    const shared = parts.slice(0, parts.findLastIndex((part) => part.cacheBreakpoint) + 1).map(({ text }) => text);
    const text = [schema ? JSON.stringify(schema) : "", ...shared].join("\n");
    if (text.length / CHARACTERS_PER_TOKEN < minimumCacheTokens) return null;
    const id = known.get(text) ?? sha256(`${chosen.name}\n${text}`);
    known.set(text, id);
    return id;
  };
}

/** Without a price (a server of one's own, the editor's models) nobody waits, but where caching is in the protocol. */
function readsCheaper({ name, provider, prices }: Pick<ChosenModel, "name" | "provider" | "prices">): boolean {
  const usd = (cachedInputTokens: number) => {
    const usage = { inputTokens: 1e6, cachedInputTokens, cacheWriteTokens: 0, outputTokens: 0 };
    return prices.costOf({ model: name, usage, serviceTier: null });
  };
  const [plain, cached] = [usd(0), usd(1e6)];
  if (plain === null || cached === null) return capabilitiesOf(name, provider).cachingKind !== "unknown";
  return cached < plain;
}

/**
 * Above some fifteen requests a minute with one key OpenAI lets some of them overflow to machines that know nothing of
 * what the others have written. Another key costs a whole prefix for certain, an overflow only perhaps.
 */
export function shardPerMinute({ name, provider }: Pick<ChosenModel, "name" | "provider">): number | null {
  return provider === "openai" && capabilitiesOf(name, provider).cachingKind !== "unknown" ? 20 : null;
}
