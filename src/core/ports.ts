/** What the core needs from outside. Hand in the real ones from `systemPorts.ts`, or fakes in tests. */
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
}
