/** What a reply says about each claim. A refutation stands on code that was sent, or does not count. */
import { jsonInReply } from "../jsonInReply.ts";
import * as z from "zod";
import type { SecondLook } from "../../../shared/report.ts";
import { VERDICTS } from "./refuterPrompt.ts";

const MAX_REASON = 600;
const MAX_EVIDENCE = 800;

const item = z.object({
  claim: z.number(),
  verdict: z.enum(VERDICTS),
  evidence: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  reason: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
});

const reply = z.object({ verdicts: z.array(z.unknown()) });

type Item = z.infer<typeof item>;

/**
 * One for each claim, in order; undefined where the reply is silent about it, or says two different things.
 * @param seen for each claim all code that was sent for it, by which evidence is checked
 * @returns undefined: this is no such reply
 */
export function readVerdicts(
  raw: string,
  seen: readonly (readonly string[])[],
): (SecondLook | undefined)[] | undefined {
  const whole = reply.safeParse(jsonInReply(raw));
  if (!whole.success) return undefined;
  const items = whole.data.verdicts.flatMap((one): Item[] => {
    const read = item.safeParse(one);
    return read.success ? [read.data] : [];
  });
  const looks = seen.map((texts, index) => {
    const own = items.filter((one) => one.claim === index + 1);
    const [first] = own;
    return first && own.every((one) => one.verdict === first.verdict) ? toLook(first, texts) : undefined;
  });
  return looks.some(Boolean) ? looks : undefined;
}

function toLook({ verdict, evidence, reason }: Item, texts: readonly string[]): SecondLook {
  const quoted = evidence !== null && wasSent(evidence, texts) ? clip(evidence, MAX_EVIDENCE) : null;
  const said = clip(reason.replace(/\s+/g, " ").trim(), MAX_REASON);
  if (verdict !== "refuted" || quoted !== null) return { verdict, reason: said, evidence: quoted };
  return {
    verdict: "undecided",
    reason: `The refutation quotes no code that was sent. ${said}`.trim(),
    evidence: null,
  };
}

/** Every line of it: one that is made up makes all of it worthless. */
function wasSent(evidence: string, texts: readonly string[]): boolean {
  const lines = new Set(texts.flatMap((text) => text.split("\n").map(normalise)));
  const quoted = evidence.split("\n").map(normalise).filter(Boolean);
  // A bracket proves nothing.
  return quoted.some((line) => /[\p{L}\p{N}]/u.test(line)) && quoted.every((line) => lines.has(line));
}

function normalise(line: string): string {
  return line.trim().replace(/\s+/g, " ");
}

function clip(text: string, maximum: number): string {
  return text.length <= maximum ? text : `${text.slice(0, maximum - 1)}…`;
}
