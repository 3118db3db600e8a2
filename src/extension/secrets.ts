/** API keys in VS Code's SecretStorage, each bound to the origin it was given for. */
import type { Secrets } from "../core/ports.ts";

/** The part of `vscode.SecretStorage` that is used. */
export interface SecretVault {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
}

export interface KeyRing extends Secrets {
  setApiKey(provider: string, origin: string, key: string): Promise<void>;
  deleteApiKey(provider: string, origin: string): Promise<void>;
}

/** Stored format: `onceover.key:<provider>:<scheme://host:port>`. A key for one origin is never found for another. */
export function secretName(provider: string, origin: string): string {
  return `onceover.key:${provider}:${new URL(origin).origin}`;
}

const SECRET_NAME = /^onceover\.key:([^:]+):(.+)$/;

/** The opposite of {@link secretName}; undefined: no key's name. */
export function parseSecretName(name: string): { readonly provider: string; readonly origin: string } | undefined {
  const [, provider, origin] = SECRET_NAME.exec(name) ?? [];
  return provider !== undefined && origin !== undefined ? { provider, origin } : undefined;
}

export function createKeyRing(vault: SecretVault): KeyRing {
  return {
    async apiKey(provider, origin) {
      return (await vault.get(secretName(provider, origin))) || undefined;
    },
    async setApiKey(provider, origin, key) {
      await vault.store(secretName(provider, origin), key.trim());
    },
    async deleteApiKey(provider, origin) {
      await vault.delete(secretName(provider, origin));
    },
  };
}
