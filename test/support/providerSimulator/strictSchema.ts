/** The rules that OpenAI's strict structured output puts on a schema. */
import { isJsonObject } from "./chatRequest.ts";
import type { JsonObject } from "./chatRequest.ts";

const unsupported = [
  "allOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "dependentRequired",
  "dependentSchemas",
  "patternProperties",
];
const maxDepth = 10;
const maxProperties = 5000;

interface Walk {
  readonly root: JsonObject;
  properties: number;
}

/** The first broken rule in words; null: the format is sound. `format` is the value of `response_format.json_schema`. */
export function strictSchemaProblem(format: JsonObject): string | null {
  const name = format["name"];
  if (typeof name !== "string" || !/^[\w-]{1,64}$/.test(name)) return "'name' must match ^[a-zA-Z0-9_-]{1,64}$.";
  if (format["strict"] !== true) return null;
  const schema = format["schema"];
  if (!isJsonObject(schema)) return at(name, [], "a schema is required");
  if (schema["type"] !== "object" || "anyOf" in schema) {
    return at(name, [], `schema must be a JSON Schema of 'type: "object"', got '${typeName(schema)}'`);
  }
  const problem = problemIn(schema, [], { root: schema, properties: 0 }, 1);
  return problem && at(name, problem.path, problem.text);
}

interface Problem {
  readonly path: readonly string[];
  readonly text: string;
}

function problemIn(node: unknown, path: readonly string[], walk: Walk, depth: number): Problem | null {
  if (!isJsonObject(node)) return { path, text: "a schema must be an object" };
  const odd = unsupported.find((word) => word in node);
  if (odd) return { path, text: `'${odd}' is not permitted` };
  if (depth > maxDepth) return { path, text: `more than ${maxDepth} levels of nesting` };
  const reference = node["$ref"];
  if (typeof reference === "string")
    return resolves(walk.root, reference) ? null : { path, text: `'$ref' ${reference} not found` };
  return objectProblem(node, path, walk) ?? typeProblem(node, path) ?? firstProblem(children(node, path), walk, depth);
}

function objectProblem(node: JsonObject, path: readonly string[], walk: Walk): Problem | null {
  if (!hasType(node, "object")) return null;
  if (node["additionalProperties"] !== false) {
    return { path, text: "'additionalProperties' is required to be supplied and to be false" };
  }
  const properties = Object.keys(isJsonObject(node["properties"]) ? node["properties"] : {});
  const required = Array.isArray(node["required"]) ? node["required"] : [];
  const missing = properties.find((property) => !required.includes(property));
  if (missing !== undefined) {
    return {
      path,
      text: `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'`,
    };
  }
  const extra = required.find((property) => !properties.includes(String(property)));
  if (extra !== undefined) return { path, text: `Extra required key '${String(extra)}' supplied` };
  walk.properties += properties.length;
  return walk.properties > maxProperties ? { path, text: `more than ${maxProperties} properties` } : null;
}

function typeProblem(node: JsonObject, path: readonly string[]): Problem | null {
  if (hasType(node, "array") && !isJsonObject(node["items"])) return { path, text: "array schema missing items" };
  const said = "type" in node || "anyOf" in node || "enum" in node || "const" in node;
  return said ? null : { path, text: "schema must have a 'type' key" };
}

function children(node: JsonObject, path: readonly string[]): [unknown, readonly string[]][] {
  const found: [unknown, readonly string[]][] = [];
  for (const word of ["properties", "$defs", "definitions"]) {
    const map = node[word];
    if (!isJsonObject(map)) continue;
    for (const [key, child] of Object.entries(map)) found.push([child, [...path, word, key]]);
  }
  if ("items" in node) found.push([node["items"], [...path, "items"]]);
  const choices = node["anyOf"];
  if (Array.isArray(choices)) choices.forEach((child, index) => found.push([child, [...path, "anyOf", String(index)]]));
  return found;
}

function firstProblem(nodes: [unknown, readonly string[]][], walk: Walk, depth: number): Problem | null {
  for (const [node, path] of nodes) {
    const problem = problemIn(node, path, walk, depth + 1);
    if (problem) return problem;
  }
  return null;
}

function hasType(node: JsonObject, type: string): boolean {
  const own = node["type"];
  return own === type || (Array.isArray(own) && own.includes(type));
}

function resolves(root: JsonObject, reference: string): boolean {
  if (!reference.startsWith("#")) return false;
  let node: unknown = root;
  for (const step of reference.slice(1).split("/").filter(Boolean)) node = isJsonObject(node) ? node[step] : undefined;
  return isJsonObject(node);
}

function typeName(schema: JsonObject): string {
  return "type" in schema ? String(schema["type"]) : "None";
}

function at(name: string, path: readonly string[], text: string): string {
  const context = `(${path.map((step) => `'${step}'`).join(", ")})`;
  return `Invalid schema for response_format '${name}': In context=${context}, ${text}.`;
}
