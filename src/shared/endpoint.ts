/** Where requests go: checked before anything is sent. */
import { OnceoverError } from "./errors.ts";
import { escapeLine } from "./escapeText.ts";
import { t } from "./localize.ts";

/** A provider with a protocol of its own, its customary address, and what its clients put behind an origin. */
const PROTOCOLS = {
  openai: { baseUrl: "https://api.openai.com/v1", path: "/v1", added: /\/chat\/completions$/ },
  anthropic: { baseUrl: "https://api.anthropic.com", path: "", added: /\/v1(\/messages)?$/ },
  ollama: { baseUrl: "http://127.0.0.1:11434", path: "", added: /\/(api(\/chat)?|v1)$/ },
} as const;

/** Whose models a server speaks for: those that are asked over HTTP. */
export type ServerProvider = keyof typeof PROTOCOLS;

export interface Endpoint {
  /** Without a slash at the end; `/chat/completions`, `/v1/messages` or `/api/chat` follows. */
  readonly baseUrl: string;
  /** Scheme, host and port: what a key is bound to. */
  readonly origin: string;
  /** Host and port, for people. */
  readonly host: string;
  /** On this machine. */
  readonly isLoopback: boolean;
  /** OpenAI's own server rather than a compatible one. */
  readonly isOpenAi: boolean;
}

/**
 * @param baseUrl null: the provider's own. For OpenAI's protocol a bare origin gets the customary `/v1`.
 * @throws wrong-endpoint
 */
export function parseEndpoint(baseUrl: string | null, provider: ServerProvider = "openai"): Endpoint {
  const protocol = PROTOCOLS[provider];
  const text = (baseUrl ?? protocol.baseUrl).trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !url.hostname || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw wrongEndpoint(t('The base URL "{0}" is not an http or https address.', escapeLine(text.slice(0, 100))));
  }
  if (url.username || url.password) throw wrongEndpoint(t("The base URL must not contain a user name or password."));
  if (url.search || url.hash) throw wrongEndpoint(t("The base URL must end with its path: no ? and no #."));
  const path = url.pathname.replace(/\/+$/, "").replace(protocol.added, "") || protocol.path;
  return {
    baseUrl: `${url.origin}${path}`,
    origin: url.origin,
    host: url.host,
    isLoopback: isLoopbackHost(url.hostname),
    isOpenAi: url.origin === "https://api.openai.com",
  };
}

const EDITOR_SCHEME = "vscode-lm:";

/**
 * To whom code would go, as consent and keys are bound to it: scheme, host and port of a server; for a model of the
 * editor's own whoever brought it there.
 *
 * @param model of the editor: `vendor/id`
 * @throws wrong-endpoint
 */
export function originOf(provider: ServerProvider | "vscode", model: string | null, baseUrl: string | null): string {
  if (provider !== "vscode") return parseEndpoint(baseUrl, provider).origin;
  return `${EDITOR_SCHEME}//${encodeURIComponent(model?.split("/")[0] ?? "")}`;
}

/** To whom a plan's files would go, the preferred one first; none: nothing is sent. */
export function originsOfPlan(plan: {
  readonly endpoint: string | null;
  readonly otherEndpoints?: readonly string[];
}): readonly string[] {
  return plan.endpoint === null ? [] : [plan.endpoint, ...(plan.otherEndpoints ?? [])];
}

/** For people. */
export function describeOrigin(origin: string): string {
  return isEditorOrigin(origin) ? t("{0}, through VS Code", decodeURIComponent(new URL(origin).hostname)) : origin;
}

/** True for the origin of a model that is asked through the editor: the editor has its key, and its bill. */
export function isEditorOrigin(origin: string): boolean {
  return origin.startsWith(EDITOR_SCHEME);
}

/** @param origin scheme, host and port */
export function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}

function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.[\d.]+$/.test(hostname)
  );
}

function wrongEndpoint(message: string): OnceoverError {
  return new OnceoverError("wrong-endpoint", message, {
    advice: t("Set it to an address such as {0} or {1}.", "https://api.openai.com/v1", "http://127.0.0.1:8080/v1"),
  });
}

/** Ollama answers on this machine for models that run at its maker's: the text leaves, and somebody sends a bill. */
export function isCloudModel(name: string | null): boolean {
  return name !== null && /[:-]cloud$/i.test(name.trim());
}
