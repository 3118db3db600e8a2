/** Checks of what a fast or broken hash is used for. */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, enclosingFunction, type Check } from "./checkParts.ts";

const SECURITY = /passw|secret|\btoken|[a-z]Token|signature|\bsign\(|credential|\bauth(?!or)|hmac|nonce|api_?key/i;

/** A digest for people to compare guards nothing. */
const isPrinted = (node: Node) =>
  [...ancestors(node)].some(
    ({ type, text }) =>
      /^(expression_statement|call_expression|call)$/.test(type) &&
      /^(print|console\.log|fmt\.Print\w*|System\.out\.print\w*)\(/.test(text),
  );

/** Passwords, tokens or signatures are at stake around `@finding`: elsewhere a fast hash is a fine checksum. */
export const nearSecrets: Check = (captures, text) => {
  const finding = capture(captures, "finding");
  const around = enclosingFunction(finding);
  const name = around?.childForFieldName("name")?.text ?? "";
  // These protocols ask for just this hash.
  if (/ntlm|lmv?2|lanman/i.test(name)) return false;
  if (isPrinted(finding)) return false;
  const start = Math.max(around?.startIndex ?? 0, finding.startIndex - 250);
  const end = Math.min(around?.endIndex ?? text.length, finding.endIndex + 250);
  // What a comment speaks of need not be what is hashed.
  const code = text.slice(start, end).replace(/(^|\s)(#|\/\/).*$/gm, "");
  return SECURITY.test(`${name} ${code}`);
};
