/** What the command line needs from its process, so that tests can drive it without one. */
import type { CreateEngine } from "../core/engine.ts";
import type { ModelLists } from "./modelsCommand.ts";

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Calls back when the text has left this process, or with the error that kept it. */
  write(piece: string | Uint8Array, callback: (error?: Error | null) => void): boolean;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export interface CliIo {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  readonly loadEngine: () => Promise<CreateEngine>;
  readonly loadModels: () => Promise<ModelLists>;
  /** SIGINT and SIGTERM; returns how to stop listening. */
  readonly onSignal: (listener: () => void) => () => void;
  /** Ends the process at once. */
  readonly exitNow: (status: number) => void;
  readonly monotonicMs: () => number;
  /** Calls every `ms` until the returned function is called; does not keep the process alive. */
  readonly every: (ms: number, callback: () => void) => () => void;
}

export function systemIo(): CliIo {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    loadEngine: async () => (await import("../core/engineFactory.ts")).createEngine,
    loadModels: () => import("../core/model/listModels.ts"),
    onSignal(listener) {
      process.on("SIGINT", listener).on("SIGTERM", listener);
      return () => void process.off("SIGINT", listener).off("SIGTERM", listener);
    },
    exitNow: (status) => process.exit(status),
    monotonicMs: () => performance.now(),
    every(ms, callback) {
      const timer = setInterval(callback, ms).unref();
      return () => clearInterval(timer);
    },
  };
}
