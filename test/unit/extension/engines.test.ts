import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/core/engine.ts";
import { isMissingChunk, loadChunk } from "../../../src/extension/chunks.ts";
import { createEngines, type EngineModule } from "../../../src/extension/engines.ts";
import { createLazy } from "../../../src/extension/lazy.ts";
import { describeProblem } from "../../../src/extension/problems.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/shared/settings.ts";

function setUp(failures = 0) {
  const log: string[] = [];
  let count = 0;
  let failing = failures;
  const module = {
    createSystemPorts: () => ({}),
    async createEngine(_ports: unknown, settings: Settings) {
      if (failing-- > 0) throw new Error("no disk");
      const name = `${++count}:${settings.provider}`;
      log.push(`made ${name}`);
      return { dispose: async () => void log.push(`ended ${name}`) } as unknown as Engine;
    },
  } as unknown as EngineModule;
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const engines = createEngines({ load: async () => module, secrets: { apiKey: async () => undefined }, logger });
  return { engines, log };
}

const offline = DEFAULT_SETTINGS;
const openai: Settings = { ...DEFAULT_SETTINGS, provider: "openai" };

describe("the engine of a window", () => {
  it("is one for the same settings, also when asked for at the same time", async () => {
    const { engines, log } = setUp();
    const [first, second] = await Promise.all([engines.get(offline), engines.get({ ...offline })]);
    expect(first).toBe(second);
    expect(log).toEqual(["made 1:offline"]);
  });

  it("is made anew for other settings, after the old one has ended", async () => {
    const { engines, log } = setUp();
    await engines.get(offline);
    await engines.get(openai);
    expect(log).toEqual(["made 1:offline", "ended 1:offline", "made 2:openai"]);
    expect(engines.running()).toBe(await engines.current());
    await engines.dispose();
    expect(engines.running()).toBeUndefined();
  });

  it("is tried again after a failure", async () => {
    const { engines, log } = setUp(1);
    await expect(engines.get(offline)).rejects.toThrow("no disk");
    await engines.get(offline);
    expect(log).toEqual(["made 1:offline"]);
  });

  it("ends with the window, even while it is being made, and is not made again", async () => {
    const { engines, log } = setUp();
    const made = engines.get(offline);
    await engines.dispose();
    await made;
    expect(log).toEqual(["made 1:offline", "ended 1:offline"]);
    expect(engines.running()).toBeUndefined();
    await expect(engines.get(offline)).rejects.toThrow("closing");
  });
});

describe("lazy values", () => {
  it("are made once, and again only after a failure", async () => {
    let attempts = 0;
    const lazy = createLazy(async () => {
      attempts++;
      if (attempts === 1) throw new Error("first");
      return attempts;
    });
    expect(lazy.peek()).toBeUndefined();
    await expect(lazy.get()).rejects.toThrow("first");
    expect(await Promise.all([lazy.get(), lazy.get()])).toEqual([2, 2]);
    expect(await lazy.peek()).toBe(2);
  });
});

describe("a chunk that an update has removed", () => {
  it("asks to reload the window", async () => {
    const missing: string = "./no-such-chunk.js";
    const error: unknown = await loadChunk(
      () => import(/* @vite-ignore */ new URL(missing, import.meta.url).href),
    ).catch((cause: unknown) => cause);
    expect(isMissingChunk(error)).toBe(true);
    expect(describeProblem(error)).toMatchObject({
      text: "Onceover was updated. Reload the window.",
      remedies: [{ title: "Reload Window", command: "workbench.action.reloadWindow" }],
    });
  });

  it("is not what every failing import means", async () => {
    const own = new Error("broken");
    await expect(loadChunk(() => Promise.reject(own))).rejects.toBe(own);
    expect(isMissingChunk(own)).toBe(false);
  });
});
