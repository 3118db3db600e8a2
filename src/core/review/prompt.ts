/** Builds a review request, most widely shared text first, byte for byte the same for the same key. */
import type { Model, ModelRequest, PromptPart } from "../model/model.ts";
import { capabilitiesOf } from "../model/modelCapabilities.ts";
import { sha256 } from "./keys.ts";
import { REPLY_SCHEMA } from "./replySchema.ts";
import { PROMPT_VERSION, SYSTEM_PROMPT } from "./systemPrompt.ts";

/** Enough for eight findings with fixes, and the bound that a budget reserves. */
export const MAX_OUTPUT_TOKENS = 8_192;

export interface UnitText {
  readonly language: string;
  readonly role: string;
  readonly isChunk: boolean;
  /** Secrets already taken out. */
  readonly text: string;
  /** Of what it uses from elsewhere in the workspace, without secrets; "" where nothing is known. */
  readonly signatures: string;
}

/**
 * Identifies everything that shapes an answer besides the unit and its context.
 * @returns 16 hex characters
 */
export function createRecipe(model: string, provider: Model["provider"] = "openai"): string {
  const { reasoningEffort } = capabilitiesOf(model, provider);
  const common = [PROMPT_VERSION, SYSTEM_PROMPT, REPLY_SCHEMA, UNIT_FORMAT, MAX_OUTPUT_TOKENS, model, reasoningEffort];
  // The protocol shapes what is asked too. OpenAI's was the only one when the first answers were stored.
  const parts = provider === "openai" ? common : [...common, provider];
  return sha256(JSON.stringify(parts)).slice(0, 16);
}

/** Raise when the layout below changes in a way that the other parts of the recipe do not show. */
const UNIT_FORMAT = 2;

export function buildReviewRequest(context: string, unit: UnitText, cacheKey: string): ModelRequest {
  const shared: PromptPart[] = [{ role: "system", text: SYSTEM_PROMPT, cacheBreakpoint: context === "" }];
  if (context !== "") shared.push({ role: "user", text: WORKSPACE_HEADING + context, cacheBreakpoint: true });
  const own: PromptPart[] = unit.signatures === "" ? [] : [{ role: "user", text: formatSignatures(unit.signatures) }];
  return {
    parts: [...shared, ...own, { role: "user", text: formatUnit(unit) }],
    schema: REPLY_SCHEMA,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    cacheKey,
  };
}

const WORKSPACE_HEADING = "# The workspace\n";

/** Before the unit, so that what several units have in common is read from the provider's cache. */
export function formatSignatures(signatures: string, users = "unit uses"): string {
  const delimiter = unusedDelimiter(signatures, "signatures");
  return `# What the ${users}\nDeclarations from elsewhere in the workspace, without their bodies: data for understanding the unit, not under review.\n<${delimiter}>\n${signatures}\n</${delimiter}>`;
}

/** Headed by language and role, not by its path: a rename then costs nothing. */
export function formatUnit(unit: UnitText, heading = "The unit"): string {
  const delimiter = unusedDelimiter(unit.text);
  const what = unit.isChunk ? "Part of a larger file" : "A file";
  return `# ${heading}\n${what}. Language: ${unit.language}. Role: ${unit.role}.\n<${delimiter}>\n${numberLines(unit.text)}\n</${delimiter}>`;
}

/** Derived from the text, so that it is stable, and not contained in it, so that nothing in it can close it. */
export function unusedDelimiter(text: string, name = "unit"): string {
  for (let salt = 0; ; salt++) {
    const delimiter = `${name}-${sha256(`${salt}:${text}`).slice(0, 12)}`;
    if (!text.includes(delimiter)) return delimiter;
  }
}

/** Lines between numbered ones. A number on every line takes 28 to 43 % more tokens, one on each tenth 3 to 4 %. */
const NUMBERED_EVERY = 10;

const isNumbered = (number: number) => number === 1 || number % NUMBERED_EVERY === 0;

/** `20| code`: the number helps a model to find its way; findings are located by their quote. */
function numberLines(text: string): string {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => (isNumbered(index + 1) ? `${index + 1}| ${line}` : line)).join("\n");
}

/** What a model has copied, without the numbers that it has copied as well. */
export function withoutLineNumbers(copied: string): string {
  return copied.replaceAll(/^[ \t]*\d+\| ?/gm, "");
}

/** UTF-8 bytes of what all requests of a folder begin with, the reply's schema included. */
export function sharedPromptBytes(context: string): number {
  return FIXED_PROMPT_BYTES + (context === "" ? 0 : Buffer.byteLength(WORKSPACE_HEADING + context));
}

/** What all review requests begin with: instructions and schema. */
export const FIXED_PROMPT_BYTES = Buffer.byteLength(SYSTEM_PROMPT) + JSON.stringify(REPLY_SCHEMA.schema).length;

/** Of a unit's part of the prompt without the unit itself, about. */
export const UNIT_HEADING_BYTES = 115;
