/** The API keys that VS Code's secret storage holds for this extension. */
import { parseSecretName } from "../secrets.ts";

/** The part of `vscode.SecretStorage` that is used. */
export interface KeyVault {
  keys(): PromiseLike<readonly string[]>;
  delete(name: string): PromiseLike<void>;
}

export interface StoredKey {
  readonly provider: string;
  /** To whom alone it is sent: scheme, host and port. */
  readonly origin: string;
}

/** Ordered by origin. The keys themselves are not read. */
export async function listStoredKeys(vault: KeyVault): Promise<readonly StoredKey[]> {
  const keys = (await vault.keys()).map(parseSecretName).filter((key) => key !== undefined);
  return keys.toSorted((a, b) => (a.origin < b.origin ? -1 : 1));
}

export async function eraseKeys(vault: KeyVault): Promise<void> {
  await Promise.all((await vault.keys()).map((name) => vault.delete(name)));
}
