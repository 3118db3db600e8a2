import { describe, expect, it } from "vitest";
import { createConsents, createWorkspaceMemory } from "../../../src/extension/memory.ts";
import { createKeyRing, secretName } from "../../../src/extension/secrets.ts";
import { memento, vault } from "./editorFakes.ts";

describe("keys", () => {
  it("are bound to provider and origin", async () => {
    const store = vault();
    const keys = createKeyRing(store);
    await keys.setApiKey("openai", "https://api.example/v1/ignored", " secret ");
    expect(store.names()).toEqual(["onceover.key:openai:https://api.example"]);
    expect(await keys.apiKey("openai", "https://api.example")).toBe("secret");
    for (const other of ["https://api.example:8443", "http://api.example", "https://api.example.evil.example"]) {
      expect(await keys.apiKey("openai", other)).toBeUndefined();
    }
    expect(await keys.apiKey("anthropic", "https://api.example")).toBeUndefined();
    await keys.deleteApiKey("openai", "https://api.example");
    expect(await keys.apiKey("openai", "https://api.example")).toBeUndefined();
  });

  it("have one name however the origin is written", () => {
    expect(secretName("openai", "HTTPS://API.example:443/v1")).toBe(secretName("openai", "https://api.example"));
  });
});

describe("consent", () => {
  it("is given to one model at one origin", async () => {
    const consents = createConsents(memento());
    await consents.add("https://a", "small");
    await consents.add("https://a", "large");
    await consents.add("https://a", "large");
    expect([consents.has("https://a", "small"), consents.has("https://a", "large")]).toEqual([true, true]);
    expect([consents.has("https://b", "small"), consents.has("https://a", "other")]).toEqual([false, false]);
  });
});

describe("what survives a reload", () => {
  it("tells a run that was cut off from one that ended", async () => {
    const state = memento();
    const before = createWorkspaceMemory(state);
    expect([before.wasInterrupted(), before.hasReport()]).toEqual([false, false]);
    await before.runStarted({ since: "main", under: ["src"] });
    expect(createWorkspaceMemory(state).interruptedScope()).toEqual({ since: "main", under: ["src"] });
    expect(createWorkspaceMemory(state).wasInterrupted()).toBe(true);
    await before.runEnded({ hasReport: true });
    expect([createWorkspaceMemory(state).wasInterrupted(), createWorkspaceMemory(state).hasReport()]).toEqual([
      false,
      true,
    ]);
    await before.runStarted({});
    await before.runEnded({ hasReport: false });
    expect(before.hasReport()).toBe(true);
  });

  it("takes what an earlier version noted for a run of the whole workspace", async () => {
    const state = memento();
    await state.update("onceover.running", true);
    const memory = createWorkspaceMemory(state);
    expect([memory.wasInterrupted(), memory.interruptedScope()]).toEqual([true, {}]);
  });
});
