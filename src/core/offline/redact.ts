/** Hides secrets in a text without moving anything in it. */
import type { Span } from "./analysis.ts";

/** Every character within the spans but line breaks becomes `*`: same length, same lines. */
export function redact(text: string, spans: readonly Span[]): string {
  let redacted = "";
  let at = 0;
  for (const { start, end } of spans) {
    redacted += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, "*");
    at = end;
  }
  return redacted + text.slice(at);
}
