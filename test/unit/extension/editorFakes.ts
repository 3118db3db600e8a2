import type { KeyVault } from "../../../src/extension/data/storedKeys.ts";
import type { NoteStore } from "../../../src/extension/data/storedNotes.ts";
import type { SecretVault } from "../../../src/extension/secrets.ts";

/** VS Code's storage, for one test. */
export function memento(): NoteStore {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <Value>(name: string) => values.get(name) as Value | undefined,
    async update(name, value) {
      // As the real one does: undefined removes, and what is kept is JSON.
      if (value === undefined) values.delete(name);
      else values.set(name, JSON.parse(JSON.stringify(value)));
    },
  };
}

export function vault(): SecretVault & KeyVault & { readonly names: () => string[] } {
  const values = new Map<string, string>();
  return {
    get: async (name) => values.get(name),
    store: async (name, value) => void values.set(name, value),
    delete: async (name) => void values.delete(name),
    keys: async () => [...values.keys()],
    names: () => [...values.keys()],
  };
}
