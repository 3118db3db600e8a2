/** Writes a response as fast as its reader takes it, whole or byte by byte. */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Wait } from "./wait.ts";

export interface ResponseWriter {
  head(status: number, headers: Readonly<Record<string, string>>): void;
  write(text: string): Promise<void>;
  end(text?: string): Promise<void>;
  /** Closes the connection without an end. */
  destroy(): void;
}

export interface ResponseWriterOptions {
  readonly response: ServerResponse;
  readonly wait: Wait;
  readonly signal: AbortSignal;
  /** Between two bytes; null: no dripping. */
  readonly byteDelayMs: number | null;
}

export function createResponseWriter({ response, wait, signal, byteDelayMs }: ResponseWriterOptions): ResponseWriter {
  const push = async (bytes: Buffer | string) => {
    signal.throwIfAborted();
    if (!response.write(bytes)) await once(response, "drain", { signal });
  };
  const write = async (text: string) => {
    if (byteDelayMs === null) return push(text);
    for (const byte of Buffer.from(text)) {
      await push(Buffer.of(byte));
      await wait(byteDelayMs, signal);
    }
  };
  return {
    head(status, headers) {
      response.writeHead(status, headers);
      response.flushHeaders();
    },
    write,
    async end(text = "") {
      if (text) await write(text);
      response.end();
    },
    destroy() {
      response.destroy();
    },
  };
}
