import type { Memento } from "../../../src/extension/memory.ts";
import type { SecretVault } from "../../../src/extension/secrets.ts";

/** VS Code's storage, for one test. */
export function memento(): Memento {
  const values = new Map<string, unknown>();
  return {
    get: <Value>(name: string) => values.get(name) as Value | undefined,
    async update(name, value) {
      // As the real one does: undefined removes, and what is kept is JSON.
      if (value === undefined) values.delete(name);
      else values.set(name, JSON.parse(JSON.stringify(value)));
    },
  };
}

export function vault(): SecretVault & { readonly names: () => string[] } {
  const values = new Map<string, string>();
  return {
    get: async (name) => values.get(name),
    store: async (name, value) => void values.set(name, value),
    delete: async (name) => void values.delete(name),
    names: () => [...values.keys()],
  };
}
