/** The smallest value that a JSON schema allows, for replies to requests that are not reviews. */
import { isJsonObject } from "./chatRequest.ts";
import type { JsonObject } from "./chatRequest.ts";

export function schemaSample(schema: unknown, root: unknown = schema): unknown {
  if (!isJsonObject(schema)) return null;
  const reference = schema["$ref"];
  if (typeof reference === "string") return schemaSample(resolve(root, reference), root);
  if ("const" in schema) return schema["const"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  if (Array.isArray(schema["anyOf"])) return schemaSample(schema["anyOf"].find(isNull) ?? schema["anyOf"][0], root);
  const types: unknown[] = Array.isArray(schema["type"]) ? schema["type"] : [schema["type"]];
  if (types.includes("null")) return null;
  return sampleOfType(types[0], schema, root);
}

function sampleOfType(type: unknown, schema: JsonObject, root: unknown): unknown {
  switch (type) {
    case "object": {
      const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
      return Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, schemaSample(child, root)]));
    }
    case "array": {
      const least = typeof schema["minItems"] === "number" ? schema["minItems"] : 0;
      return Array.from({ length: least }, () => schemaSample(schema["items"], root));
    }
    case "number":
    case "integer":
      return typeof schema["minimum"] === "number" ? schema["minimum"] : 0;
    case "boolean":
      return false;
    default:
      return "simulated";
  }
}

function isNull(schema: unknown): boolean {
  return isJsonObject(schema) && schema["type"] === "null";
}

function resolve(root: unknown, reference: string): unknown {
  let node = root;
  for (const step of reference.replace(/^#/, "").split("/").filter(Boolean)) {
    node = isJsonObject(node) ? node[step] : undefined;
  }
  return node;
}
