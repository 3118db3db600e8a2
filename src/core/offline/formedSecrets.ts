/** Secrets known by their own form that secretlint's recommended rules leave out. All patterns are linear. */
import { isPlaceholder } from "./assignedSecrets.ts";
import type { SecretSpan } from "./secrets.ts";

/** Google API key: pages and apps carry it, so it is meant to be limited to a site. */
const BROWSER_FORM = /(?<![\w-])AIza[\w-]{35}(?![\w-])/g;

const PROVIDER_FORMS: readonly RegExp[] = [
  BROWSER_FORM,
  // Google OAuth client secret
  /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g,
  // AWS access key id; the one in a signed address is for whoever has the address
  /(?<![A-Z0-9])(?<!(?:AWSAccessKeyId|X-Amz-Credential)=)(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g,
  // registry token in .npmrc
  /(?<=_authToken=)[A-Za-z0-9+/=_-]{20,400}/g,
  // Azure storage account key
  /(?<=AccountKey=)[A-Za-z0-9+/]{86}==/g,
];

/** How the keys begin that Azure's emulators of storage and Cosmos DB give to everyone. */
const EMULATOR_KEY = /^(Eby8vdM02x|C2y6yDjf5\/)/;

/** JSON web token: header and claims are JSON objects, hence `eyJ` twice. It may have expired long ago, or tell an app's name. */
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,6000}\.[\w-]{20,2000}/g;
/** The claims of the token that every manual shows: subject 1234567890. */
const MANUAL_TOKEN = ".eyJzdWIiOiIxMjM0NTY3ODkwI";

/** `Server=db;User Id=app;Password=…`, in that order. */
const CONNECTION_STRING =
  /\b(?:Server|Data Source|Host|User Id|Uid)=[^;"'\r\n]{1,100};(?:[^;"'\r\n]{1,100};){0,5}?\s?(?:Password|Pwd)=([^;"'\s(){}<>]{8,128})(?=[;"'])/gi;

export function findFormedSecrets(text: string): SecretSpan[] {
  const found: SecretSpan[] = findPrivateKeys(text);
  for (const form of PROVIDER_FORMS) {
    for (const match of text.matchAll(form)) {
      if (!/EXAMPLE/.test(match[0]) && !isMonotonous(match[0]) && !EMULATOR_KEY.test(match[0]))
        found.push(spanOf(match, form === BROWSER_FORM ? "browser-key" : "provider-key"));
    }
  }
  for (const match of text.matchAll(JSON_WEB_TOKEN)) {
    if (!match[0].includes(MANUAL_TOKEN)) found.push(spanOf(match, "client-key"));
  }
  for (const match of text.matchAll(CONNECTION_STRING)) {
    const end = match.index + match[0].length;
    const value = match[1]!;
    if (/\d/.test(value) && !isPlaceholder(value)) found.push({ start: end - value.length, end, kind: "generic" });
  }
  return found;
}

function spanOf(match: RegExpExecArray, kind: SecretSpan["kind"]): SecretSpan {
  return { start: match.index, end: match.index + match[0].length, kind };
}

/** `AIzaxxxxxxxx…`: a stand-in. */
function isMonotonous(value: string): boolean {
  return new Set(value).size < 9;
}

const MAX_KEY_LENGTH = 20_000;

/** The body between the armour lines; the lines themselves are no secret. */
function findPrivateKeys(text: string): SecretSpan[] {
  const found: SecretSpan[] = [];
  for (const match of text.matchAll(/-----BEGIN (?:[A-Z]{2,9} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g)) {
    const start = match.index + match[0].length;
    const rest = text.slice(start, start + MAX_KEY_LENGTH);
    const dashes = rest.indexOf("-----");
    const body = dashes === -1 ? (/^[\w+/=\s\\":,.()-]*/.exec(rest)?.[0] ?? "") : rest.slice(0, dashes);
    if (!isKeyBody(body)) continue;
    const lead = /^(?:\\[nr]|["'+\s])*/.exec(body)![0].length;
    found.push({ start: start + lead, end: start + body.trimEnd().length, kind: "private-key" });
  }
  return found;
}

/** Enough base64 to be a key, once quotes, line ends and header lines are taken away. */
function isKeyBody(body: string): boolean {
  const data = body.replace(/^[A-Z][\w-]{1,40}: .*$/gm, "").replace(/\\[nr]|[\s"'+,`]/g, "");
  const base64 = /^[A-Za-z0-9+/=]*/.exec(data)![0];
  return base64.length >= 64 && new Set(base64).size > 12;
}
