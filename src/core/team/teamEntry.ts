/** A paid answer as it is left for others. Whoever reads one does not know who wrote it: all of it is checked. */
import * as z from "zod";
import { CATEGORIES } from "../../shared/report.ts";
import { packText, unpackText } from "../store/packedJson.ts";
import type { SharedAnswer } from "../store/sharedAnswer.ts";

/** Raised when an older release could not make sense of an entry. */
const FORMAT = 1;
/** Of an entry, packed: a review of a whole file is a few kilobytes. */
export const MAX_ENTRY_BYTES = 1024 * 1024;
/** Unpacked: a few kilobytes can be made to hold gigabytes. */
const MAX_TEXT_BYTES = 8 * 1024 * 1024;

const text = z.string().max(100_000);
const position = z.int().min(1).max(100_000_000);
const range = { startLine: position, startColumn: position, endLine: position, endColumn: position };

const finding = z.strictObject({
  ...range,
  severity: z.enum(["error", "warning", "info"]),
  category: z.enum(CATEGORIES),
  rule: text,
  title: text,
  detail: text,
  quote: text,
  fix: z.strictObject({ edits: z.array(z.strictObject({ ...range, newText: text })).max(100) }).nullable(),
  confidence: z.number().min(0).max(1),
  source: z.literal("model"),
  needs: z.exactOptional(text),
});

const review = z.strictObject({
  summary: text.nullable(),
  findings: z.array(finding).max(1_000),
  dropped: z.int().min(0),
});

const look = z.strictObject({
  verdict: z.enum(["confirmed", "refuted", "undecided"]),
  reason: text,
  evidence: text.nullable(),
});

const common = {
  key: z.string().min(1).max(200),
  model: z.string().max(500),
  recipe: z.string().max(500),
  listPriceNano: z.number().min(0).nullable(),
};

const answer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("review"), ...common, review }),
  z.strictObject({ kind: z.literal("look"), ...common, place: z.string().min(1).max(200), look }),
]);

/** Under what others look for it: a look by its claim's place, which is known before any file is read. */
export function entryName(shared: SharedAnswer): string {
  return shared.kind === "look" ? shared.place : shared.key;
}

/** undefined: it is no answer that others could use (a look that came to nothing, say). */
export function packAnswer(shared: SharedAnswer): Uint8Array | undefined {
  const sound = answer.safeParse(shared);
  const packed = sound.success ? packText(JSON.stringify(sound.data), [FORMAT, entryName(shared)]) : undefined;
  return packed && packed.length <= MAX_ENTRY_BYTES ? packed : undefined;
}

/** undefined: damaged, of another format or another name's. */
export function unpackAnswer(name: string, packed: Uint8Array): SharedAnswer | undefined {
  if (packed.length > MAX_ENTRY_BYTES) return undefined;
  const sound = answer.safeParse(parsed(unpackText(packed, [FORMAT, name], MAX_TEXT_BYTES)));
  return sound.success && entryName(sound.data) === name ? sound.data : undefined;
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
