/**
 * Finds secrets in text: the patterns of secretlint's recommended preset, and what those leave out.
 *
 * Comments that tell secretlint to look away are not obeyed: what they would hide would go to a model.
 */
import type { SecretLintCoreConfig } from "@secretlint/types";
import type { Span } from "./analysis.ts";
import { findAssignedSecrets, isPlaceholder } from "./assignedSecrets.ts";
import { findFormedSecrets } from "./formedSecrets.ts";
import { mayHoldProviderKey } from "./providerHints.ts";

export type SecretKind =
  /** A form that one provider alone issues. */
  | "provider-key"
  | "private-key"
  /** A key that a provider issues for the browsers of all visitors, too: limited to a site where it is done well. */
  | "browser-key"
  /** Called a password or a secret by its name. */
  | "generic"
  /** Called a token or an API key in code: often one that every visitor gets. */
  | "client-key";

export interface SecretSpan extends Span {
  readonly kind: SecretKind;
}

export interface SecretDetector {
  /** In order, without overlaps; each span is the secret value alone. */
  find(text: string): Promise<SecretSpan[]>;
}

/** Loads secretlint only when a text is met that it could say something about. */
export async function createSecretDetector(): Promise<SecretDetector> {
  let lint: Promise<(text: string) => Promise<Span[]>> | undefined;
  return {
    async find(text) {
      const found = [...findFormedSecrets(text), ...findAssignedSecrets(text)];
      if (mayHoldProviderKey(text)) {
        lint ??= loadSecretlint();
        found.push(...(await (await lint)(text)).flatMap((span) => refine(text, span)));
      }
      return withoutOverlaps(found);
    },
  };
}

/** Rules that look at a file's name, answer with the whole file, or silence others. */
const UNUSED_RULES: ReadonlySet<string> = new Set([
  "@secretlint/secretlint-rule-gcp",
  "@secretlint/secretlint-rule-filter-comments",
  "@secretlint/secretlint-rule-privatekey",
]);

async function loadSecretlint(): Promise<(text: string) => Promise<Span[]>> {
  const [{ lintSource }, { rules }] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
  ]);
  const used = rules.filter(({ meta }) => !UNUSED_RULES.has(meta.id));
  const config: SecretLintCoreConfig = { rules: used.map((rule) => ({ id: rule.meta.id, rule, options: {} })) };
  return async (content) => {
    const source = { filePath: "text", content, contentType: "text" as const };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.map(({ range }) => ({ start: range[0], end: range[1] }));
  };
}

/** Of an address with user and password, the password: unless it only shows where one would stand. */
function refine(text: string, span: Span): SecretSpan[] {
  const match = /^[^\s/]{0,40}:\/\/[^:@/\s]{0,256}:([^@/\s]{1,256})@/.exec(text.slice(span.start, span.end));
  if (!match) return isStandIn(text.slice(span.start, span.end)) ? [] : [{ ...span, kind: "provider-key" }];
  const password = match[1]!;
  if (password.length < 6 || isPlaceholder(password)) return [];
  const start = span.start + match[0].length - 1 - password.length;
  return [{ start, end: start + password.length, kind: "generic" }];
}

/** How the token begins that Slack's manual shows. */
const IN_MANUAL = /^xox[a-z]-17653672481-/;

/** Words alone after the provider's prefix, `xoxb-your-token`, or a key that everybody knows. */
const isStandIn = (key: string) => /^[a-z]+([-_][a-z]+){2,}$/.test(key) || IN_MANUAL.test(key);

const RANK: Readonly<Record<SecretKind, number>> = {
  "private-key": 0,
  "provider-key": 1,
  "browser-key": 2,
  generic: 3,
  "client-key": 4,
};

/** Overlapping spans become one, of the graver kind. */
function withoutOverlaps(spans: readonly SecretSpan[]): SecretSpan[] {
  const merged: SecretSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (!last || span.start >= last.end) {
      merged.push(span);
      continue;
    }
    const kind = RANK[span.kind] < RANK[last.kind] ? span.kind : last.kind;
    merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end), kind };
  }
  return merged;
}
