/** What of the prompts could have come from the provider's cache at best. */
import { createPromptCache, type PromptCache } from "../../test/support/providerSimulator/promptCache.ts";
import type { SimulatorSettings } from "../../test/support/providerSimulator/options.ts";

export interface Shareable {
  readonly gate: NonNullable<SimulatorSettings["gate"]>;
  /** Since the last `reset`. */
  tokens(): number;
  reset(): void;
}

/**
 * A second prompt cache beside the simulator's, in which everything can be read the moment it was asked: as if each
 * request had waited for all before it. More than it finds nobody could share in this order.
 */
export function createShareable(): Shareable {
  let cache = createEndlessCache();
  let tokens = 0;
  return {
    async gate(request) {
      const use = cache.use(request);
      use.publish();
      tokens += use.cachedTokens;
    },
    tokens: () => tokens,
    reset() {
      cache = createEndlessCache();
      tokens = 0;
    },
  };
}

function createEndlessCache(): PromptCache {
  return createPromptCache({ cache: "blocks", cacheTtlMs: Infinity, cacheOverflowPerMinute: null }, () => 0);
}
