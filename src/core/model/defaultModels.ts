/** Which model reviews when none is chosen: by the price list the cheapest that is good at it. */
import type { ServerProvider } from "../../shared/endpoint.ts";

interface DefaultModels {
  /** For reviews. */
  readonly cheap: string;
  /** For what is complex or security-sensitive, where the user wants two. */
  readonly strong: string;
}

export const DEFAULT_MODELS: Readonly<Record<ServerProvider, DefaultModels>> = {
  openai: { cheap: "gpt-5-mini", strong: "gpt-5" },
  anthropic: { cheap: "claude-haiku-4-5", strong: "claude-opus-5-5" },
  ollama: { cheap: "qwen3-coder:30b", strong: "qwen3-coder:30b" },
};
