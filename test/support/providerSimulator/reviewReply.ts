/**
 * The default reply: a review of the numbered source lines in the last user message. The same lines always get the
 * same review, whatever else the prompt holds.
 */
import { hash } from "node:crypto";
import { fractionOf, pickBy } from "./random.ts";
import { countTokens } from "./tokens.ts";

export interface SimulatedFinding {
  readonly quote: string;
  readonly category: string;
  readonly severity: string;
  readonly title: string;
  readonly scenario: string;
  readonly explanation: string;
  readonly fix: string | null;
  readonly confidence: number;
  readonly needs: string | null;
}

export interface SimulatedReview {
  readonly summary: string;
  readonly findings: readonly SimulatedFinding[];
}

export interface ReviewReplyOptions {
  /** A numbered source line; group 1 is the number, group 2 the line's text. Not all need be numbered. */
  readonly linePattern: string;
  /** Explanations are drawn out until the reply has about so many tokens; null: as short as they are. */
  readonly replyTokens: number | null;
}

export const DEFAULT_LINE_PATTERN = String.raw`^\s*(\d+)\| ?(.*)$`;

const maxFindings = 3;

type Defect = Pick<SimulatedFinding, "category" | "severity" | "title">;

const defects: readonly [Defect, ...Defect[]] = [
  { category: "bug", severity: "error", title: "Wrong result for an empty input" },
  { category: "security", severity: "error", title: "Untrusted text reaches an interpreter" },
  { category: "concurrency", severity: "warning", title: "Two callers can interleave here" },
  { category: "resource", severity: "warning", title: "Handle stays open when this throws" },
  { category: "performance", severity: "warning", title: "Work is repeated for each element" },
  { category: "error-handling", severity: "warning", title: "Failure is swallowed" },
  { category: "api-misuse", severity: "warning", title: "Return value is ignored" },
  { category: "data-loss", severity: "error", title: "Old content is gone before the new one is safe" },
  { category: "test", severity: "info", title: "Nothing fails when this breaks" },
  { category: "maintainability", severity: "info", title: "Two places must change together" },
];

/**
 * Text of the unit's lines: from the last one with the number 1 to where a delimiter closes them, number prefixes taken
 * off. Between numbered lines may be others.
 */
export function numberedLines(text: string, linePattern: string): string[] {
  const pattern = new RegExp(linePattern);
  const all = text.split(/\r?\n/);
  const first = all.findLastIndex((line) => Number(pattern.exec(line)?.[1]) === 1);
  if (first === -1) return [];
  const rest = all.slice(first);
  const end = rest.findIndex((line) => /^(<\/[\w-]+>|```)$/.test(line));
  return rest.slice(0, end === -1 ? undefined : end).map((line, index) => {
    const match = pattern.exec(line);
    return match && Number(match[1]) === index + 1 ? (match[2] ?? "") : line;
  });
}

/** The reply's JSON text, keys in the schema's order. */
export function reviewReply(lastUserText: string, options: ReviewReplyOptions): string {
  const lines = numberedLines(lastUserText, options.linePattern);
  const seed = hash("sha256", lines.join("\n"));
  const findings = quotableLines(lines)
    .map((quote) => ({ quote, order: fractionOf(seed, quote) }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, Math.floor(fractionOf(seed, "count") * (maxFindings + 1)))
    .map(({ quote }) => findingAt(quote, seed));
  const summary = `A file of ${lines.length} lines, reviewed by the simulator with ${findings.length} findings.`;
  const review: SimulatedReview = { summary, findings };
  return JSON.stringify(options.replyTokens === null ? review : drawnOut(review, options.replyTokens));
}

/** One review for each `# Unit N` of a prompt about several: the same as if the unit had come alone. */
export function packReply(prompt: string, options: ReviewReplyOptions): string {
  const units = prompt.split(/^# Unit (?=\d+\n(?:A file|Part of a larger file)\. Language: )/m).slice(1);
  const reviews = units.map((text) => ({
    unit: Number.parseInt(text, 10),
    ...(JSON.parse(reviewReply(text, options)) as SimulatedReview),
  }));
  return JSON.stringify({ reviews });
}

/** Lines that hold something and stand there once, so that a quote of them has one place. */
function quotableLines(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => line.trim().length >= 8 && counts.get(line) === 1);
}

function findingAt(quote: string, seed: string): SimulatedFinding {
  const defect = pickBy(defects, seed, quote, "defect");
  const indent = /^\s*/.exec(quote)?.[0] ?? "";
  return {
    quote,
    category: defect.category,
    severity: defect.severity,
    title: defect.title,
    scenario: `A caller reaches "${quote.trim().slice(0, 40)}" with a value that nobody expected.`,
    explanation: "The line takes for granted what its callers do not promise.",
    fix: fractionOf(seed, quote, "fix") < 1 / 3 ? `${indent}/* guarded */ ${quote.trim()}` : null,
    confidence: Math.round(50 + 45 * fractionOf(seed, quote, "confidence")) / 100,
    needs: fractionOf(seed, quote, "needs") < 1 / 4 ? "The callers of this function." : null,
  };
}

function drawnOut(review: SimulatedReview, tokens: number): SimulatedReview {
  const missing = tokens - countTokens(JSON.stringify(review));
  if (missing <= 0) return review;
  const filler = " and so on".repeat(Math.ceil((missing * 4) / 10)).slice(0, missing * 4);
  const [first, ...others] = review.findings;
  if (!first) return { ...review, summary: review.summary + filler };
  return { ...review, findings: [{ ...first, explanation: first.explanation + filler }, ...others] };
}
