/** What the core needs from outside. Hand in the real ones from `systemPorts.ts`, or fakes in tests. */

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

export interface Ports {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secrets: Secrets;
  /** The host's own fetch, so that its proxy and certificate settings hold. */
  readonly fetch: typeof globalThis.fetch;
}
