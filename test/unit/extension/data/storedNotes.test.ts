import { describe, expect, it } from "vitest";
import { eraseKeys, listStoredKeys } from "../../../../src/extension/data/storedKeys.ts";
import { eraseNotes, forgetIfErased } from "../../../../src/extension/data/storedNotes.ts";
import { createConsents, createWorkspaceMemory } from "../../../../src/extension/memory.ts";
import { createKeyRing } from "../../../../src/extension/secrets.ts";
import { memento, vault } from "../editorFakes.ts";

const erasedAt = new Date("2026-01-02T03:04:05Z");

describe("notes", () => {
  it("are forgotten at once here, and in other workspaces when they are next opened", async () => {
    const [all, here, elsewhere] = [memento(), memento(), memento()];
    for (const state of [here, elsewhere]) {
      await createWorkspaceMemory(state).runEnded({ hasReport: true });
      await state.update("a note of later versions", 1);
    }
    await createConsents(all).add("https://a", "m");
    await eraseNotes(all, here, erasedAt);
    expect(createConsents(all).has("https://a", "m")).toBe(false);
    expect([here.keys(), all.keys()]).toEqual([["onceover.erased"], ["onceover.erased"]]);

    expect(createWorkspaceMemory(elsewhere).hasReport()).toBe(true);
    forgetIfErased(all, elsewhere);
    // Read in the same turn: a window that starts looks at it at once.
    expect([createWorkspaceMemory(elsewhere).hasReport(), elsewhere.keys()]).toEqual([false, ["onceover.erased"]]);
  });

  it("made since then stay, at every start", async () => {
    const [all, here] = [memento(), memento()];
    forgetIfErased(all, here);
    expect(here.keys()).toEqual([]);
    await eraseNotes(all, here, erasedAt);
    await createWorkspaceMemory(here).runEnded({ hasReport: true });
    forgetIfErased(all, here);
    expect(createWorkspaceMemory(here).hasReport()).toBe(true);
    await eraseNotes(all, memento(), new Date("2027-01-02T03:04:05Z"));
    forgetIfErased(all, here);
    expect(createWorkspaceMemory(here).hasReport()).toBe(false);
  });
});

describe("keys", () => {
  it("are listed by whom they are for, and erased with all else that is secret", async () => {
    const store = vault();
    const keys = createKeyRing(store);
    await keys.setApiKey("openai", "https://b.example:8443", "one");
    await keys.setApiKey("anthropic", "https://a.example", "two");
    await store.store("something else", "three");
    expect(await listStoredKeys(store)).toEqual([
      { provider: "anthropic", origin: "https://a.example" },
      { provider: "openai", origin: "https://b.example:8443" },
    ]);
    await eraseKeys(store);
    expect(await store.keys()).toEqual([]);
  });
});

describe("agreements", () => {
  it("are taken back one by one", async () => {
    const consents = createConsents(memento());
    await consents.add("https://a", "small");
    await consents.add("https://a", "large");
    await consents.add("https://b", "small");
    expect(consents.list()).toEqual([
      { origin: "https://a", models: ["small", "large"] },
      { origin: "https://b", models: ["small"] },
    ]);
    await consents.remove("https://a");
    expect([consents.has("https://a", "small"), consents.has("https://b", "small")]).toEqual([false, true]);
  });
});
