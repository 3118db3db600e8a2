/** The words of `onceover tool`: a tool's parameters are flags of their own, as its schema says. */
import type { ToolDescription } from "../../core/tools/describeTools.ts";
import { escapeLine } from "../../shared/escapeText.ts";
import { FLAGS, type Flag } from "../flags.ts";
import { oneOf } from "../flagValues.ts";
import { readFlags, type Given } from "../givenFlags.ts";
import type { Format } from "../invocation.ts";
import { nearestWord } from "../nearestWord.ts";
import { usage } from "../usageError.ts";

export interface ToolWords {
  /** A tool, `list` or `batch`. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly paths: readonly string[];
  readonly format: Format;
  readonly exclude: readonly string[];
  readonly cacheDir: string | null;
  readonly mayCheckTypes: boolean;
  readonly calls: string | null;
}

type Kinds = ReadonlyMap<string, string>;

const FORMATS: readonly Format[] = ["pretty", "json"];

/** Throws `usage`. */
export function readToolWords(argv: readonly string[], tools: readonly ToolDescription[]): ToolWords {
  const name = nameOf(argv, tools);
  const kinds = kindsOf(tools.find((one) => one.name === name));
  const given = readFlags(argv, { ...FLAGS, ...flagsOf(kinds) });
  given.checkFor("tool");
  const [, , ...paths] = given.positionals;
  if (given.has("calls") && name !== "batch") {
    throw usage("--calls goes with a batch.", "Write: onceover tool batch --calls FILE");
  }
  return {
    name,
    parameters: parametersOf(given, kinds),
    paths: paths.length > 0 ? paths : ["."],
    format: oneOf(given, "format", FORMATS) ?? "pretty",
    exclude: given.values("exclude"),
    cacheDir: given.value("cache-dir"),
    mayCheckTypes: given.has("diagnostics"),
    calls: given.value("calls"),
  };
}

/** It stands before everything that only its schema can tell apart. */
function nameOf(argv: readonly string[], tools: readonly ToolDescription[]): string {
  const name = readFlags(argv).positionals[1];
  const names = [...tools.map((one) => one.name), "list", "batch"];
  if (name === undefined) throw usage("Which tool?", "To see them: onceover tool list");
  if (names.includes(name)) return name;
  const nearest = nearestWord(name, names);
  const advice = nearest ? `Did you mean onceover tool ${nearest}?` : "To see them: onceover tool list";
  throw usage(`There is no tool ${escapeLine(name)}.`, advice);
}

/** JSON schema's types by the parameters' names. */
function kindsOf(tool: ToolDescription | undefined): Kinds {
  const properties = (tool?.parameters["properties"] ?? {}) as Record<string, { readonly type?: string }>;
  return new Map(Object.entries(properties).map(([name, { type }]) => [name, type ?? "string"]));
}

function flagsOf(kinds: Kinds): Record<string, Flag> {
  const flags = [...kinds].map(([name, kind]): [string, Flag] => [
    name,
    { ...(kind !== "boolean" && { value: kind === "integer" ? "N" : "TEXT" }), help: "", commands: ["tool"] },
  ]);
  return Object.fromEntries(flags);
}

function parametersOf(given: Given, kinds: Kinds): ToolWords["parameters"] {
  const values = [...kinds].flatMap(([name, kind]): [string, string | number | boolean][] => {
    const value = given.value(name);
    if (kind === "boolean") return given.has(name) ? [[name, true]] : [];
    return value === null ? [] : [[name, kind === "integer" ? numberOf(name, value) : value]];
  });
  return Object.fromEntries(values);
}

function numberOf(name: string, value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw usage(`--${name} is a whole number, not ${escapeLine(value)}.`, `Write: --${name} 20`);
}
