/** One request about several units: the same rules as for one, and a reply with an entry for each. */
import type { ModelRequest, PromptPart } from "../model/model.ts";
import { formatSignatures, formatUnit, MAX_OUTPUT_TOKENS, type UnitText } from "./prompt.ts";
import { REPLY_SCHEMA } from "./replySchema.ts";
import { SYSTEM_PROMPT } from "./systemPrompt.ts";

const { properties } = REPLY_SCHEMA.schema;

const PACK_SCHEMA = {
  name: "reviews",
  schema: {
    type: "object",
    properties: {
      reviews: {
        type: "array",
        items: {
          type: "object",
          // First of all: what follows is shown as it arrives, at the unit that it is about.
          properties: { unit: { type: "integer" }, ...properties },
          required: ["unit", "summary", "findings"],
          additionalProperties: false,
        },
      },
    },
    required: ["reviews"],
    additionalProperties: false,
  },
} as const;

/** Names no number of units: it belongs to what all packs begin with. */
const SEVERAL_UNITS = `# Several units
This time there are several units, each with its number. Review them one by one, each as if it had come alone: the rules hold for each of them, and so does the number of findings. The reply has one entry for every unit, in their order, with its number as "unit"; a unit without findings has an entry with an empty list. A finding belongs to the unit that its quote is from.`;

/** Byte for byte the same for the same units in the same order. */
export function buildPackRequest(context: string, units: readonly UnitText[], cacheKey: string): ModelRequest {
  const shared: PromptPart[] = [{ role: "system", text: SYSTEM_PROMPT }];
  if (context !== "") shared.push({ role: "user", text: `# The workspace\n${context}` });
  shared.push({ role: "user", text: SEVERAL_UNITS, cacheBreakpoint: true });
  const signatures = joinSignatures(units.map((unit) => unit.signatures));
  if (signatures !== "") shared.push({ role: "user", text: formatSignatures(signatures, "units use") });
  const own = units.map((unit, index): PromptPart => {
    return { role: "user", text: formatUnit(unit, `Unit ${index + 1}`) };
  });
  return { parts: [...shared, ...own], schema: PACK_SCHEMA, maxOutputTokens: MAX_OUTPUT_TOKENS, cacheKey };
}

/** What several of them use is told once; what most of them use comes first. */
export function joinSignatures(texts: readonly string[]): string {
  const users = new Map<string, number>();
  for (const text of texts) {
    for (const block of new Set(text.split("\n\n"))) if (block !== "") users.set(block, (users.get(block) ?? 0) + 1);
  }
  const blocks = [...users].toSorted(([a, byA], [b, byB]) => byB - byA || (a < b ? -1 : 1));
  return blocks.map(([block]) => block).join("\n\n");
}

/** Characters that the request of a pack has besides those of a request about one unit. */
export const PACK_OVERHEAD_LENGTH =
  SEVERAL_UNITS.length + JSON.stringify(PACK_SCHEMA.schema).length - JSON.stringify(REPLY_SCHEMA.schema).length;
