/** What of the prompts could have come from the provider's cache at best. */
import type { ChatRequest } from "../../test/support/providerSimulator/chatRequest.ts";
import { createPromptCache, type PromptCache } from "../../test/support/providerSimulator/promptCache.ts";
import type { SimulatorSettings } from "../../test/support/providerSimulator/options.ts";

export interface Shareable {
  readonly gate: NonNullable<SimulatorSettings["gate"]>;
  /** Since the last `reset`. */
  tokens(): number;
  /** Of these, those of what every review begins with: instructions and schema. */
  ofInstructions(): number;
  reset(): void;
}

/**
 * A second prompt cache beside the simulator's, in which everything can be read the moment it was asked: as if each
 * request had waited for all before it. More than it finds nobody could share in this order.
 */
export function createShareable(): Shareable {
  const whole = createCount();
  const instructions = createCount();
  return {
    async gate(request) {
      whole.add(request);
      instructions.add({ ...request, promptText: instructionsOf(request) });
    },
    tokens: whole.tokens,
    ofInstructions: instructions.tokens,
    reset() {
      whole.reset();
      instructions.reset();
    },
  };
}

/** The reply's schema and the first message. */
function instructionsOf({ promptText, messages }: ChatRequest): string {
  const next = messages[1];
  return next ? promptText.slice(0, promptText.indexOf(next.text)) : promptText;
}

function createCount() {
  let cache = createEndlessCache();
  let tokens = 0;
  return {
    add(request: ChatRequest) {
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
