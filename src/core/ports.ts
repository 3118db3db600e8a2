/** What the core needs from outside. Hand in the real ones from `systemPorts.ts`, or fakes in tests. */
import type { AnalysisPool } from "./offline/analysis.ts";
import type { FileProblems } from "./tools/fileProblems.ts";

export interface Clock {
  /** Wall clock, milliseconds since 1970. May jump. */
  now(): number;
  /** Monotonic, milliseconds. Timeouts and durations use this one. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. Does not keep the process alive by itself. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface Secrets {
  /** The API key bound to that origin (`https://host:port`), if the user has set one. */
  apiKey(provider: string, origin: string): Promise<string | undefined>;
}

/** The language models that the editor itself offers, where there is one. */
export interface LanguageModels {
  /** @param name `vendor/id`. undefined: there is none of that name now. */
  find(name: string): Promise<LanguageModel | undefined>;
}

export interface LanguageModel {
  /** The most that one request may hold. */
  readonly maxInputTokens: number;
  countTokens(text: string, signal: AbortSignal): Promise<number>;
  /**
   * Sends texts in the user's role; the pieces of the reply as they come. The first time the editor asks its user, as
   * long as that takes. Rejects with a {@link LanguageModelFailure}, also while the pieces come.
   */
  send(texts: readonly string[], signal: AbortSignal): Promise<AsyncIterable<string>>;
}

export interface LanguageModelFailure {
  readonly reason: "not-allowed" | "blocked" | "gone" | "failed";
  /** As the editor or the model's extension says it. */
  readonly message: string;
}

/** Paid answers that a team shares. Whatever is found there may have been written by anybody who can write there. */
export interface TeamTier {
  /** Those that are there, by key. Rejects when nothing can be said. */
  find(keys: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Uint8Array>>;
  /** The same key always has the same meaning: the newer entry of two may replace the other. */
  save(key: string, entry: Uint8Array): Promise<void>;
}

export interface Ports {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
  /** The host's own fetch, so that its proxy and certificate settings hold. */
  readonly fetch: typeof globalThis.fetch;
  /** What the editor knows of problems in files; undefined outside an editor. */
  readonly problems?: FileProblems | undefined;
  /** undefined outside an editor. */
  readonly languageModels?: LanguageModels | undefined;
  /** Analysis threads that outlive an engine and serve several; whoever made them ends them. undefined: its own. */
  readonly pool?: AnalysisPool | undefined;
  /** undefined: the folder that the settings name, if any. */
  readonly team?: TeamTier | undefined;
}
