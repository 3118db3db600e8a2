/** Where requests go: checked before anything is sent. */
import { OnceoverError } from "./errors.ts";
import { escapeLine } from "./escapeText.ts";

const OPENAI_BASE_URL = "https://api.openai.com/v1";

export interface Endpoint {
  /** Without a slash at the end; `/chat/completions` follows. */
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
 * @param baseUrl null: OpenAI's own. A bare origin gets the customary `/v1`.
 * @throws wrong-endpoint
 */
export function parseEndpoint(baseUrl: string | null): Endpoint {
  const text = (baseUrl ?? OPENAI_BASE_URL).trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !url.hostname || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw wrongEndpoint(`The base URL "${escapeLine(text.slice(0, 100))}" is not an http or https address.`);
  }
  if (url.username || url.password) throw wrongEndpoint("The base URL must not contain a user name or password.");
  if (url.search || url.hash) throw wrongEndpoint("The base URL must end with its path: no ? and no #.");
  const path = url.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "") || "/v1";
  return {
    baseUrl: `${url.origin}${path}`,
    origin: url.origin,
    host: url.host,
    isLoopback: isLoopbackHost(url.hostname),
    isOpenAi: url.origin === "https://api.openai.com",
  };
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
    advice: "Set it to an address such as https://api.openai.com/v1 or http://127.0.0.1:8080/v1.",
  });
}
