/** A model's reply as it is checked when it comes back. */
import { jsonInReply } from "./jsonInReply.ts";
import * as z from "zod";
import { CATEGORIES, type Severity } from "../../shared/report.ts";
import { SEVERITIES } from "./replySchema.ts";

const text = z.string();

/** One finding as the model wrote it. Servers that do not enforce the schema leave optional fields out. */
const replyFinding = z.object({
  quote: text.min(1),
  category: z.enum(CATEGORIES).catch("maintainability"),
  severity: z.enum(SEVERITIES as [Severity, ...Severity[]]),
  title: text.min(1),
  scenario: text.nullish().transform((value) => value ?? ""),
  explanation: text.nullish().transform((value) => value ?? ""),
  fix: text.nullish().transform((value) => value ?? null),
  confidence: z.number().catch(0.5),
  needs: text.nullish().transform((value) => value ?? null),
});

const reply = z.object({ summary: text.nullish().transform((value) => value ?? ""), findings: z.array(z.unknown()) });

export type ReplyFinding = z.infer<typeof replyFinding>;

export interface ParsedReply {
  readonly summary: string;
  readonly findings: readonly ReplyFinding[];
  /** Items of the list that were no findings. */
  readonly malformed: number;
}

/** undefined: not a finding. */
export function parseReplyFinding(value: unknown): ReplyFinding | undefined {
  const result = replyFinding.safeParse(value);
  return result.success ? result.data : undefined;
}

/**
 * The whole reply; undefined when it is not one. Fences and prose around the object are forgiven, a cut object is
 * not: half a review must never pass for a whole one.
 */
export function parseReply(raw: string): ParsedReply | undefined {
  return readReview(jsonInReply(raw));
}

/** A review that has been parsed as JSON; undefined when it is none. */
export function readReview(value: unknown): ParsedReply | undefined {
  const result = reply.safeParse(value);
  if (!result.success) return undefined;
  const findings = result.data.findings.map(parseReplyFinding);
  const sound = findings.filter((one) => one !== undefined);
  // A list of nothing but nonsense is an unreadable answer, not an empty one.
  if (findings.length > 0 && sound.length === 0) return undefined;
  return { summary: result.data.summary, findings: sound, malformed: findings.length - sound.length };
}
