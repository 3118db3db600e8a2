/** Keys come from the environment alone, and each goes to one origin alone. */
import type { Secrets } from "../core/ports.ts";
import { OnceoverError } from "../shared/errors.ts";
import type { Provider } from "../shared/report.ts";
import type { CliIo } from "./io.ts";

/** Where a key may go when no endpoint was named, and the variables that may hold it. */
const ENDPOINTS: Readonly<Partial<Record<Provider, { readonly origin: string; readonly variable: string }>>> = {
  openai: { origin: "https://api.openai.com", variable: "OPENAI_API_KEY" },
  anthropic: { origin: "https://api.anthropic.com", variable: "ANTHROPIC_API_KEY" },
  ollama: { origin: "http://127.0.0.1:11434", variable: "OLLAMA_API_KEY" },
};

/** The variable that may name an endpoint, for errors. */
export function baseUrlVariable(provider: Provider): string {
  return provider === "ollama" ? "OLLAMA_HOST" : "OPENAI_BASE_URL";
}

/** The endpoint that was named by flag or environment; null: the provider's own. */
export function chosenBaseUrl(provider: Provider, flag: string | null, env: CliIo["env"]): string | null {
  if (flag !== null) return flag;
  if (provider === "ollama") return ollamaHost(env["OLLAMA_HOST"]?.trim() || null);
  return provider === "openai" ? env["OPENAI_BASE_URL"]?.trim() || null : null;
}

const OLLAMA_PORT = 11_434;

/** As Ollama itself reads it: scheme and port may be missing, and the address that a server listens at is this machine. */
function ollamaHost(value: string | null): string | null {
  if (value === null) return null;
  const hasScheme = /^https?:\/\//i.test(value);
  const address = hasScheme ? value : `http://${value.startsWith(":") ? `127.0.0.1${value}` : value}`;
  if (!URL.canParse(address)) return value;
  const url = new URL(address);
  // A URL does not keep the port 80 that was written; without a scheme none means Ollama's own.
  if (!hasScheme && !/:\d+\/?$/.test(value)) url.port = String(OLLAMA_PORT);
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") url.hostname = "127.0.0.1";
  return url.href.replace(/\/$/, "");
}

/**
 * @param baseUrl what the user named: his keys are bound to its origin
 * @param endpoints further servers: the second of all has its key in ONCEOVER_API_KEY_2, and so on
 */
export function createEnvironmentSecrets(
  env: CliIo["env"],
  baseUrl: string | null,
  endpoints: readonly string[] = [],
): Secrets {
  return {
    async apiKey(provider, origin) {
      const endpoint = ENDPOINTS[provider as Provider];
      const bound = baseUrl === null ? endpoint?.origin : new URL(baseUrl).origin;
      const further = endpoints.findIndex((url) => new URL(url).origin === origin);
      if (further !== -1 && bound !== origin) return readKey(env, `ONCEOVER_API_KEY_${further + 2}`);
      if (bound === undefined || bound !== origin) return undefined;
      return readKey(env, "ONCEOVER_API_KEY") ?? (endpoint && readKey(env, endpoint.variable));
    },
  };
}

function readKey(env: CliIo["env"], variable: string): string | undefined {
  const key = env[variable]?.trim();
  if (!key) return undefined;
  // Such a header could not be sent, and the error would carry the key.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new OnceoverError("invalid-key", `${variable} holds characters that no key has.`, {
      advice: "Copy the key again, without spaces, quotes or line breaks.",
    });
  }
  return key;
}
