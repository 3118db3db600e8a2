/** Drives the command line in this process: streams that remember, a clock and signals that tests move. */
import type { CreateEngine } from "../../src/core/engine.ts";
import type { CliIo, OutputStream } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/runCli.ts";

interface MemoryStream extends OutputStream {
  readonly text: () => string;
}

export function memoryStream(options: { isTTY?: boolean; columns?: number; failWith?: string } = {}): MemoryStream {
  let text = "";
  const { failWith, ...shape } = options;
  return {
    ...shape,
    text: () => text,
    on: () => {},
    write(piece, callback) {
      const error = failWith === undefined ? null : Object.assign(new Error(failWith), { code: failWith });
      if (!error) text += piece;
      queueMicrotask(() => callback(error));
      return true;
    },
  };
}

interface CommandLineOptions {
  readonly createEngine?: CreateEngine;
  readonly loadModels?: CliIo["loadModels"];
  readonly cwd?: string;
  readonly env?: CliIo["env"];
  readonly stdout?: MemoryStream;
  readonly stderr?: MemoryStream;
}

export function commandLine(options: CommandLineOptions = {}) {
  const stdout = options.stdout ?? memoryStream();
  const stderr = options.stderr ?? memoryStream();
  const listeners = new Set<() => void>();
  const timers = new Set<() => void>();
  const exits: number[] = [];
  let nowMs = 0;
  const io: CliIo = {
    stdout,
    stderr,
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    loadEngine: async () => options.createEngine ?? Promise.reject(new Error("no engine is expected here")),
    loadModels: options.loadModels ?? (() => Promise.reject(new Error("no models are expected here"))),
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exitNow: (status) => exits.push(status),
    monotonicMs: () => nowMs,
    every(_ms, callback) {
      timers.add(callback);
      return () => timers.delete(callback);
    },
  };
  return {
    io,
    run: (...argv: string[]) => runCli(argv, io),
    out: stdout.text,
    err: stderr.text,
    exits,
    /** As if the person pressed Ctrl+C. */
    interrupt: () => listeners.forEach((listener) => listener()),
    listening: () => listeners.size,
    tick(ms: number) {
      nowMs += ms;
      for (const timer of timers) timer();
    },
    timers: () => timers.size,
  };
}
