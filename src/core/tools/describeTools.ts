import { TOOLS } from "./registry.ts";
import { DEFAULT_TIMEOUT_MS, schemaOf, type Tool, type ToolReads } from "./tool.ts";

export interface ToolDescription {
  readonly name: string;
  readonly description: string;
  /** JSON schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reads: readonly ToolReads[];
  readonly ttlMs: number;
  readonly timeoutMs: number;
}

/** What there is to call, for people, scripts and models. */
export function describeTools(tools: readonly Tool[] = TOOLS): readonly ToolDescription[] {
  return tools.map(({ name, description, parameters, reads, ttlMs, timeoutMs = DEFAULT_TIMEOUT_MS }) => ({
    name,
    description,
    parameters: schemaOf(parameters),
    reads,
    ttlMs,
    timeoutMs,
  }));
}
