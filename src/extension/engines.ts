/** The one engine of this window: loaded on first use, made anew when the settings have changed. */
import type { CreateEngine, Engine } from "../core/engine.ts";
import type { LanguageModels, Logger, Ports, Secrets } from "../core/ports.ts";
import type { Settings } from "../shared/settings.ts";

interface OwnPorts {
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly languageModels?: LanguageModels;
  readonly problems?: Ports["problems"];
}

/** What is used of core/engineFactory.ts. */
export interface EngineModule {
  readonly createEngine: CreateEngine;
  createSystemPorts(own: OwnPorts): Ports;
}

export interface Engines {
  /** The engine for these settings. The one for other settings is disposed. */
  get(settings: Settings): Promise<Engine>;
  /** The engine as it is, for what is no matter of settings; undefined: there is none yet. */
  current(): Promise<Engine> | undefined;
  /** The engine that has been made last, if it has not ended. */
  running(): Engine | undefined;
  /** Waits for an engine that is just being made, then ends it. */
  dispose(): Promise<void>;
}

export interface EnginesOptions extends OwnPorts {
  readonly load: () => Promise<EngineModule>;
  /** Another process has erased the store. */
  readonly onErased?: () => void;
}

export function createEngines(options: EnginesOptions): Engines {
  let current: { readonly key: string; readonly engine: Promise<Engine> } | undefined;
  let isDisposed = false;
  let running: Engine | undefined;

  const make = async (settings: Settings, before: Promise<Engine> | undefined) => {
    const module = await options.load();
    // One after the other: both would hold the same database.
    running = undefined;
    if (before) await end(before);
    const engine = await module.createEngine(module.createSystemPorts(options), settings);
    if (options.onErased) engine.onDidErase(options.onErased);
    if (!isDisposed) running = engine;
    return engine;
  };

  return {
    get(settings) {
      const key = JSON.stringify(settings);
      if (isDisposed) return Promise.reject(new Error("The window is closing."));
      if (current?.key === key) return current.engine;
      const engine = make(settings, current?.engine);
      current = { key, engine };
      // A failed start is not kept: the next call tries again.
      engine.catch(() => {
        if (current?.engine === engine) current = undefined;
      });
      return engine;
    },
    current: () => current?.engine,
    running: () => running,
    async dispose() {
      isDisposed = true;
      running = undefined;
      const last = current?.engine;
      current = undefined;
      if (last) await end(last);
    },
  };
}

async function end(engine: Promise<Engine>): Promise<void> {
  // One that could not be made has nothing to end, and whoever asked for it was told why.
  const made = await engine.catch(() => undefined);
  await made?.dispose();
}
