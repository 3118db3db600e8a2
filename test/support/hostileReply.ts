import { createStreamedFindings, type StreamedFinding } from "../../src/core/review/streamedFindings.ts";

/**
 * Findings as the review reads them from one reply that holds each text in every field, and that arrives cut within
 * words, escapes, tags and surrogate pairs. Each comes twice, as they do: with its title, and whole.
 */
export function hostileReply(texts: readonly string[]): readonly StreamedFinding[] {
  const streamed: StreamedFinding[] = [];
  const reader = createStreamedFindings((finding) => void streamed.push(finding));
  for (const delta of deltasOf(replyWith(texts))) reader.push(delta);
  return streamed;
}

/**
 * The stream's reader leaves out byte order marks, as text decoders do. The finished reply, which has the last word, is
 * read by another one.
 */
export function asStreamed(text: string): string {
  return text.replaceAll("\ufeff", "");
}

function replyWith(texts: readonly string[]): string {
  const findings = texts.map((text) => ({
    quote: text,
    category: "bug",
    severity: "warning",
    title: text,
    scenario: text,
    explanation: text,
    fix: text,
    confidence: 0.9,
    needs: null,
  }));
  // Half of the characters as JSON's escapes, so that these are cut as well.
  return JSON.stringify({ summary: texts.join(" "), findings }).replaceAll(
    /[<\u202e\u200b]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** One to three UTF-16 units at a time, always the same way. */
function* deltasOf(reply: string): Generator<string> {
  let at = 0;
  for (let step = 0; at < reply.length; step++) {
    const length = 1 + ((step * 7 + (step >> 3)) % 3);
    yield reply.slice(at, at + length);
    at += length;
  }
}
