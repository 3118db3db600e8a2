/** Where a server cannot be given a schema, the model is told of it. */
import type { ModelRequest, PromptPart } from "./model.ts";

export function withSchemaInWords({ parts, schema }: Pick<ModelRequest, "parts" | "schema">): readonly PromptPart[] {
  if (!schema) return parts;
  const text = `Answer with one JSON object and nothing else. It follows this JSON schema:\n${JSON.stringify(schema.schema)}`;
  return [{ role: "system", text }, ...parts];
}
