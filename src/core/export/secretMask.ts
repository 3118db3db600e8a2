/**
 * Secrets that were found must not be shown by showing where. Their findings point at the beginning alone; here the
 * rest of such lines goes too, in every frame in which they stand, and so does the body of a private key.
 */
import type { Finding } from "../../shared/report.ts";

const MASK = "***";
/** More than the quotes and brackets that close what stood before. */
const HAS_TEXT = /[\p{L}\p{N}]|[^\s"'`,;)\]}]{2}/u;
/** Of the offline engine. They mark a secret's first characters. */
const SECRET_RULES = /^(hardcoded-secret|exposed-key|private-key)/;
/** Long and mixed as keys are, names are not: its first characters are enough to recognise it. */
const KEY_LIKE = /(?=[^\s"'`]*\d)(?=[^\s"'`]*[A-Za-z])[A-Za-z0-9+/=_.~-]{16,}/g;
const RECOGNISABLE = 4;

export type MaskLine = (text: string, line: number) => string;

/** @param findings those of one file */
export function createSecretMask(findings: readonly Finding[], lines: readonly string[] | undefined): MaskLine {
  const secrets = findings.filter((finding) => SECRET_RULES.test(finding.rule));
  const keyBodies = lines ? privateKeyLines(lines) : new Set<number>();
  if (secrets.length === 0 && keyBodies.size === 0) return (text) => text;
  return (text, line) => {
    if (keyBodies.has(line)) return MASK;
    const here = secrets.filter((secret) => secret.startLine <= line && line <= secret.endLine);
    if (here.length === 0) return text;
    const end = Math.min(...here.map((secret) => (secret.endLine === line ? secret.endColumn - 1 : text.length)));
    const rest = text.slice(end);
    return text.slice(0, end).replace(KEY_LIKE, starred) + (HAS_TEXT.test(rest) ? MASK : rest);
  };
}

/** As long as it was: underlines below it still fit. */
function starred(token: string): string {
  return token.slice(0, RECOGNISABLE) + "*".repeat(token.length - RECOGNISABLE);
}

function privateKeyLines(lines: readonly string[]): Set<number> {
  const found = new Set<number>();
  let isInside = false;
  for (const [index, text] of lines.entries()) {
    if (isInside && /-----END [A-Z ]*PRIVATE KEY/.test(text)) isInside = false;
    if (isInside) found.add(index + 1);
    if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)) isInside = !/-----END [A-Z ]*PRIVATE KEY/.test(text);
  }
  return found;
}
