/** Secrets known by the name they are given: `dbPassword = "…"`, `api_key: "…"`, `TOKEN=…`. */
import type { SecretSpan } from "./secrets.ts";

const NAME =
  /passw(?:or)?d|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|encryption[_-]?key|signing[_-]?key|auth[_-]?key|credential/gi;

// Both are sticky and start right behind the name; each repetition is bounded, so the whole stays linear.
const QUOTED =
  /([\w.-]{0,24})["'\])]{0,3}\s{0,8}(?::\s{0,4}[\w<>|[\]& .]{1,40}=|:=|=>|==?|:|,)(?![=>])\s{0,8}[brfuL@$]{0,2}(["'`])((?:(?!\2)[^\\\r\n]){8,400})\2/y;
const BARE = /([\w.-]{0,24})["']?[ \t]{0,8}[:=][ \t]{0,8}([A-Za-z0-9+/_!@#$%^&*~=.-]{12,400})[ \t]{0,8}(?=[\r\n]|$)/y;

/** `tokenUrl`, `passwordField`, `secretName`: about a secret, not the secret. */
const ABOUT =
  /(name|type|field|label|ur[il]|endpoint|path|file|dir|header|prefix|suffix|length|size|regexp?|pattern|message|msg|error|hint|text|title|description|placeholder|input|column|param(eter)?|format|env|var(iable)?|expir\w*|ttl|time(out)?|count|policy|scope|algorithm|class|kind|rule|ref|arn|id|identifier|style|color|selector|icon|link|page|form|schema|model|service|provider|manager|store|source|version|usage|limit|budget|list|map|enum|mode|status|state|prompt|help|doc|strength|reset|validation|confirm\w*)s?$/i;

/** What nobody hands out: passwords, and secrets that one side alone has. Tokens and API keys often are public. */
const OWNED =
  /passw|passphrase|pwd|credential|secret[_-]?(access[_-]?)?key|private[_-]?key|signing[_-]?key|(client|app|application|consumer|platform|master|session|cookie|jwt|oauth|webhook|db|database|user|admin|api|aws|azure|auth)[_-]?secret/i;

export function findAssignedSecrets(text: string): SecretSpan[] {
  const found: SecretSpan[] = [];
  for (const match of text.matchAll(NAME)) {
    const behind = match.index + match[0].length;
    // `AWS::SecretsManager::Secret`: the name of a kind of thing.
    if (/:\w{0,40}$/.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
    const span = quotedValue(text, behind) ?? bareValue(text, match.index, behind);
    if (span && span.start >= (found.at(-1)?.end ?? 0)) found.push(span);
  }
  return found;
}

function quotedValue(text: string, behind: number): SecretSpan | undefined {
  QUOTED.lastIndex = behind;
  const match = QUOTED.exec(text);
  if (!match || !namesValue(match[1]!, match[3]!) || !looksSecret(match[3]!)) return undefined;
  // `token, "…"` is an assignment only where a call sets a value by name.
  const isListed = /^[^"'\])]*["']?\s*,/.test(match[0]);
  if (isListed && (!/^[\w.-]*["']\s*,/.test(match[0]) || !isFirstArgument(text, behind))) return undefined;
  const end = behind + match[0].length - 1;
  const name = /[\w-]*$/.exec(text.slice(Math.max(0, behind - 60), behind))![0] + match[1]!;
  const isOwned = OWNED.test(name) && !isIdentity(name, match[3]!) && !isShipped(text, behind);
  return { start: end - match[3]!.length, end, kind: isOwned ? "generic" : "client-key" };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DIGEST = /^[0-9a-f]{30,}$/i;

/** What is called a password is a product's id, or the digest of one that cannot be used as it stands. */
const isIdentity = (name: string, value: string) =>
  /passw|pwd/i.test(name) && !/secret|key/i.test(name) && (UUID.test(value) || DIGEST.test(value));

const AROUND = 400;
/** An installed program is sent back to its own machine; a measurement's key goes out with every copy. */
const SHIPPED =
  /\bredirect\w*["']?\s*[:=,][^\n]{0,20}(https?:\/\/(localhost|127\.0\.0\.1)\b|urn:ietf:wg:oauth:2\.0:oob)|\b(measurement|tracking)_?id\b/i;

/** What stands beside it says that everyone who has the program has this, too. */
const isShipped = (text: string, at: number) => SHIPPED.test(text.slice(Math.max(0, at - AROUND), at + AROUND));

/** `set("token", "…")`: in a list of names the next name is no value. */
function isFirstArgument(text: string, at: number): boolean {
  return /\w\(\s*[brfuL@]{0,2}["'][\w.-]*$/.test(text.slice(Math.max(0, at - 80), at));
}

/** `suffix` is what follows the telling word within the name. */
function namesValue(suffix: string, value: string): boolean {
  if (ABOUT.test(suffix) || suffix.includes(".")) return false;
  // Under a longer name a plain hash is far more often a checksum or a revision.
  return suffix === "" || !/^[0-9a-f]{32,64}$/i.test(value);
}

/** Without quotes only as the rest of a line, as in `.env`, YAML and properties files. */
function bareValue(text: string, nameStart: number, behind: number): SecretSpan | undefined {
  BARE.lastIndex = behind;
  const match = BARE.exec(text);
  const value = match?.[2];
  if (!match || !value || !namesValue(match[1]!, value) || !startsLine(text, nameStart)) return undefined;
  const digits = value.replace(/\D/g, "").length;
  // An expression (`config.token2`, `a-b`) has words and separators; a bare secret is dense.
  if (digits < 3 || /^[\w$]+([.-][A-Za-z]\w*)+$/.test(value) || !looksSecret(value)) return undefined;
  const end = behind + match[0].trimEnd().length;
  return { start: end - value.length, end, kind: "generic" };
}

/** Only a name, its indentation and `export` or a list dash stand before it. */
function startsLine(text: string, at: number): boolean {
  const from = Math.max(text.lastIndexOf("\n", at - 1) + 1, at - 120);
  return /^\s*(?:-\s+|export\s+|set\s+|ENV\s+|ARG\s+)?["']?[\w.-]*$/.test(text.slice(from, at));
}

const PLACEHOLDER =
  /example|sample|change.?(me|it)|your|placeholder|dummy|fake|mock|todo|fixme|redacted|insert|replace|default|password|passwd|secret|xxx|\*\*\*|\.\.\.|<[^>]*>|\$\{|\{\{|#\{|%\w+%|\$\(|process\.env|environ|getenv|qwerty|asdf|letmein|12345|abcdef|deadbeef|lorem|undefined|(?<![a-z])(foo|bar|baz|test|my|none|null|true|false)(?![a-z])/i;

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

/** Dense enough that nobody would write it as a word, a path or a sentence. */
function looksSecret(value: string): boolean {
  if (/\s/.test(value) || isPlaceholder(value)) return false;
  if (/^(https?:|urn:|\/|\.\/|\.\.\/|@|#|\w+:\/\/|--|\$)/.test(value)) return false;
  if (!/[A-Za-z]/.test(value) || !/[0-9]/.test(value)) return false;
  // identifiers, versions, dates, members: user_password_2, v1.2.3, token-type-1
  if (/^[A-Za-z]+\d{0,4}([_.:/-]([A-Za-z]+\d{0,4}|\d{1,4}))*$/.test(value) || /^[\d.:TZ+-]+$/.test(value)) return false;
  return entropy(value) >= (value.length >= 16 ? 3.2 : 2.7);
}

/** Shannon's, in bits per character. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
