/** Keys come from the environment alone, and each goes to one origin alone. */
import type { Secrets } from "../core/ports.ts";
import { OnceoverError } from "../shared/errors.ts";
import type { Provider } from "../shared/report.ts";
import type { CliIo } from "./io.ts";

/** Where a key may go when no endpoint was named, and the variables that may hold it. */
const ENDPOINTS: Readonly<Partial<Record<Provider, { readonly origin: string; readonly variable: string }>>> = {
  openai: { origin: "https://api.openai.com", variable: "OPENAI_API_KEY" },
  anthropic: { origin: "https://api.anthropic.com", variable: "ANTHROPIC_API_KEY" },
};

/** The endpoint that was named by flag or environment; null: the provider's own. */
export function chosenBaseUrl(provider: Provider, flag: string | null, env: CliIo["env"]): string | null {
  return flag ?? (provider === "openai" ? env["OPENAI_BASE_URL"]?.trim() || null : null);
}

/** @param baseUrl what the user named: his keys are bound to its origin */
export function createEnvironmentSecrets(env: CliIo["env"], baseUrl: string | null): Secrets {
  return {
    async apiKey(provider, origin) {
      const endpoint = ENDPOINTS[provider as Provider];
      const bound = baseUrl === null ? endpoint?.origin : new URL(baseUrl).origin;
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
